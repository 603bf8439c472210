/**
 * Maps the native types of the kinds to koffi types.
 *
 * koffi does all byte swapping: a type whose name ends in `_be` is big-endian. Everything else is in host order. All
 * koffi types created here are anonymous, because koffi's type names are global to the process.
 */
import koffi, { type TypeObject } from 'koffi';
import {
  type Callback,
  type Codec,
  type CountedMemory,
  callbackOf as kindsCallbackOf,
  codecOf as kindsCodecOf,
  countedOf as kindsCountedOf,
  type Machine,
  type NativeType,
  type Residence,
  type Shape,
} from '../kinds/index.js';
import { codePage } from './code-page.js';

/** A codec with a koffi type; `size` is the size in native memory. */
export interface KoffiCodec extends Omit<Codec, 'type'> {
  readonly type: TypeObject;
  /** The same type as a native type. */
  readonly native: NativeType;
}

/** Returns the codec of a shape. Throws TypeResolutionError for a type that C cannot express in this place. */
export function codecOf(shape: Shape, residence: Residence): KoffiCodec {
  return withKoffiType(kindsCodecOf(shape, residence, MACHINE));
}

/** Memory whose number of elements another parameter holds, with koffi types. */
export type KoffiCounted =
  | Extract<CountedMemory, { readonly elementSize: number }>
  | { readonly by: CountedMemory['by']; readonly element: KoffiCodec };

/** Returns the memory of a shape whose number of elements another parameter holds; undefined for any other shape. */
export function countedOf(shape: Shape): KoffiCounted | undefined {
  const counted = kindsCountedOf(shape, MACHINE);
  return counted && 'element' in counted ? { ...counted, element: withKoffiType(counted.element) } : counted;
}

/** A function that the library calls back, with koffi types. */
export interface KoffiCallback extends Omit<Callback, 'parameters' | 'result'> {
  readonly parameters: readonly (Omit<Callback['parameters'][number], 'codec'> & { readonly codec: KoffiCodec })[];
  readonly result: KoffiCodec;
}

/** Returns the function that is passed for a shape; undefined for any other shape. */
export function callbackOf(shape: Shape): KoffiCallback | undefined {
  const callback = kindsCallbackOf(shape, MACHINE);
  return (
    callback && {
      ...callback,
      parameters: callback.parameters.map((one) => ({ ...one, codec: withKoffiType(one.codec) })),
      result: withKoffiType(callback.result),
    }
  );
}

/** AF_INET6. Sources: ws2def.h; Linux ipv6(7); sys/socket.h of macOS. */
const FAMILIES: Readonly<Partial<Record<NodeJS.Platform, Machine['families']>>> = {
  win32: { ipv6: 23 },
  linux: { ipv6: 10 },
};

const MACHINE: Machine = {
  pointerBits: bitsOf(koffi.types.uintptr),
  longBits: bitsOf(koffi.types.long),
  sizeOf: (type) => knownType(type).size,
  families: FAMILIES[process.platform] ?? { ipv6: 30, hasLength: true },
  ...(codePage && { ansi: codePage }),
};

function bitsOf({ size }: TypeObject): 32 | 64 {
  return size === 4 ? 32 : 64;
}

function withKoffiType(codec: Codec): KoffiCodec {
  return { ...codec, native: codec.type, type: knownType(codec.type) };
}

/** The types of structs and arrays behind pointers. Each is created once, because koffi never frees a type. */
const made = new WeakMap<object, TypeObject>();

/** Returns the koffi type of a native type. */
export function knownType(type: NativeType): TypeObject {
  if (typeof type === 'string') return koffiType(type);
  const known = made.get(type) ?? koffiType(type);
  made.set(type, known);
  return known;
}

function koffiType(type: NativeType): TypeObject {
  if (type === 'memory') return koffi.type('void *');
  if (typeof type === 'string') return koffi.types[(NAMES[type] ?? type) as keyof typeof koffi.types];
  if ('struct' in type) return koffi.struct(membersOf(type.struct, type.pack));
  if ('union' in type) return koffi.union(membersOf(type.union, type.pack));
  if ('array' in type) return koffi.array(koffiType(type.array), type.length, 'Array');
  return koffi.array(type.characters === 16 ? koffi.types.char16 : koffi.types.char, type.length, 'String');
}

/** The members of a struct or union, aligned to at most `pack` bytes. */
function membersOf(fields: readonly (readonly [name: string, type: NativeType])[], pack: number | undefined) {
  const aligned = (type: TypeObject) => (pack === undefined ? type : [Math.min(pack, type.alignment), type]);
  return Object.fromEntries(fields.map(([name, one]) => [name, aligned(koffiType(one))])) as Record<string, TypeObject>;
}

/** The types with a different name in koffi. */
export const NAMES: Readonly<Partial<Record<string, string>>> = { text16: 'str16', text8: 'str' };

/** Resolves names in a text: those that it declares, those of the definition, and those of the headers. */
import { kindWithType } from '../../kinds/index.js';
import { own } from '../own.js';
import type { HandleType } from '../types.js';
import type { LongSpec, LongType } from './long-form.js';
import {
  type Base,
  C_WORDS,
  KNOWN_CONSTANTS,
  KNOWN_NAMES,
  KNOWN_STRUCTS,
  type NamedType,
  STRUCT_ALIASES,
} from './names.js';

/** The declarations of other texts and of the long form of the definition. */
export interface KnownTypes {
  /** The named types of the definition. */
  readonly types?: Readonly<Record<string, LongSpec>>;
  /** The C names that other texts declared, including those of pointers and tags. */
  readonly names?: Readonly<Record<string, NamedType>>;
  /**
   * The handles that functions of the definition release, by the name of their type. If present, a pointer type without
   * a release function is refused, because a caller could pass any number for it. Absent: such a pointer is a number.
   */
  readonly handles?: Readonly<Record<string, HandleType>>;
  /** Constants: names of enums and `#define`s. */
  readonly constants?: Readonly<Record<string, bigint>>;
}

export class Scope {
  readonly types = new Map<string, LongSpec>();
  readonly names = new Map<string, NamedType>();
  readonly constants = new Map<string, bigint>();
  readonly #known: KnownTypes;
  readonly #declareText: (text: string) => void;

  /** `declareText` enters the types of a text into this scope. */
  constructor(known: KnownTypes, declareText: (text: string, scope: Scope) => void) {
    this.#known = known;
    this.#declareText = (text) => declareText(text, this);
  }

  /** The type of a name; undefined if it has none. */
  lookup(name: string): NamedType | undefined {
    return this.#direct(name) ?? this.#pointerTo(name) ?? builtIn(name);
  }

  constant(name: string): bigint | undefined {
    return this.constants.get(name) ?? own(this.#known.constants ?? {}, name) ?? own(KNOWN_CONSTANTS, name);
  }

  /** The handle type of values of this type, or of pointers to it. */
  handle({ handle, name, tag }: Base): LongType | undefined {
    return handle ?? this.#release(name) ?? (tag === undefined ? undefined : this.#release(tag));
  }

  #release(name: string): HandleType | undefined {
    return own(this.#known.handles ?? {}, name);
  }

  /** True if every pointer from the library needs a function that releases it. */
  get isStrict(): boolean {
    return this.#known.handles !== undefined;
  }

  /** The specification of a named type of a definition. */
  spec(name: string): LongSpec | undefined {
    return this.types.get(name) ?? own(this.#known.types ?? {}, name);
  }

  /** Every named type. */
  get specs(): Readonly<Record<string, LongSpec>> {
    return { ...this.#known.types, ...Object.fromEntries(this.types) };
  }

  get constantNames(): string[] {
    return [...this.constants.keys(), ...Object.keys(this.#known.constants ?? {}), ...Object.keys(KNOWN_CONSTANTS)];
  }

  get typeNames(): string[] {
    return [
      ...this.names.keys(),
      ...Object.keys(this.#known.names ?? {}),
      ...Object.keys(this.#known.types ?? {}),
      ...KNOWN_NAMES.keys(),
      ...Object.keys(KNOWN_STRUCTS),
    ];
  }

  #direct(name: string): NamedType | undefined {
    const declared = this.names.get(name) ?? own(this.#known.names ?? {}, name);
    if (declared) return this.#released(this.#completed(declared));
    const spec = own(this.#known.types ?? {}, name);
    if (spec) return { base: this.#baseOf(name, spec), pointers: [] };
    const found = KNOWN_NAMES.get(name);
    if (found) return this.#released(found);
    const struct = own(STRUCT_ALIASES, name) ?? name;
    const text = own(KNOWN_STRUCTS, struct);
    if (text === undefined) return undefined;
    this.#declareText(text);
    return this.names.get(struct);
  }

  /** Returns the handle type from a function of the definition, for a handle without a mark. */
  #released(type: NamedType): NamedType {
    const { base } = type;
    const isPlain = base.role === 'handle' && (base.type === 'HANDLE' || this.spec(base.name)?.type === 'HANDLE');
    const handle = isPlain ? this.handle(base) : undefined;
    return handle ? { ...type, base: { ...base, type: handle } } : type;
  }

  /** Returns the full type of a struct that was opaque when its alias was declared. */
  #completed(type: NamedType): NamedType {
    if (type.base.role !== 'opaque') return type;
    const name = type.base.tag ?? type.base.name;
    const tag = this.names.get(name) ?? own(this.#known.names ?? {}, name);
    return tag && tag.base.role !== 'opaque' ? { ...type, base: tag.base } : type;
  }

  /**
   * Resolves pointer names such as LPDWORD, PHKEY and PCSYSTEMTIME, which the Windows headers have for nearly every
   * type.
   */
  #pointerTo(name: string): NamedType | undefined {
    const [, prefix, rest] = /^(LPC|PC|LP|P)(\w+)$/.exec(name) ?? [];
    if (prefix === undefined || rest === undefined) {
      const [, word] = /^REF(GUID|IID|CLSID|KNOWNFOLDERID)$/.exec(name) ?? [];
      const type = word === undefined ? undefined : this.#direct('GUID');
      return type && { ...type, pointers: [true] };
    }
    const whole = prefix.endsWith('C') ? this.#direct(`C${rest}`) : undefined;
    const type = whole ?? this.#direct(rest) ?? builtIn(rest);
    return type && { ...type, pointers: [...type.pointers, prefix.endsWith('C') && !whole] };
  }

  #baseOf(name: string, spec: LongSpec): Base {
    const seen = new Set([name]);
    let type: LongType = spec.type;
    while (typeof type === 'string' && !seen.has(type)) {
      const next = this.spec(type);
      if (!next) break;
      seen.add(type);
      type = next.type;
    }
    return { ...roleOf(type), name, type: name };
  }
}

/** Returns a built-in type that only a kind declares: one value, passed like a struct. */
function builtIn(name: string): NamedType | undefined {
  return kindWithType(name)?.passing === 'value'
    ? { base: { role: 'struct', name, type: name }, pointers: [] }
    : undefined;
}

function roleOf(type: LongType): Pick<Base, 'role' | 'isWindows'> {
  if (typeof type !== 'string') {
    if ('architectures' in type) return roleOf(type.architectures.x64);
    if ('struct' in type || 'union' in type) return { role: 'struct' };
    if ('enum' in type || 'flags' in type) return { role: 'number' };
    if ('handle' in type) return { role: 'handle' };
    return { role: 'array' };
  }
  const plain = KNOWN_NAMES.get(type)?.base ?? Object.values(C_WORDS).find((one) => one.type === type);
  if (!plain) return { role: 'number' };
  const { role } = plain;
  return 'isWindows' in plain ? { role, isWindows: true } : { role };
}

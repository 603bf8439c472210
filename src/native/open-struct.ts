/** Reads and writes structs whose last field continues beyond them, in place and field by field. */
import koffi, { type TypeObject } from 'koffi';
import type { NativeType, OpenEnd } from '../kinds/index.js';

type TypeOf = (type: NativeType) => TypeObject;

interface Member {
  readonly name: string;
  readonly type: TypeObject;
  readonly offset: number;
}

/** True for a struct whose last field continues beyond it. */
export const isOpen = (type: NativeType): boolean => typeof type === 'object' && 'isOpen' in type;

/**
 * Reads the fields before the last one. In place of the last one, returns its address. `check` returns the address of
 * memory of this many bytes, or throws.
 */
export function readOpen(type: NativeType, typeOf: TypeOf, check: (size: number) => bigint): Record<string, unknown> {
  const { head, end } = membersOf(typeOf(type));
  const address = check(Math.max(0, ...head.map(({ offset, type: one }) => offset + one.size)));
  return {
    ...Object.fromEntries(head.map((one) => [one.name, koffi.decode(address + BigInt(one.offset), one.type)])),
    [end.name]: address + BigInt(end.offset),
  };
}

/**
 * Allocates the memory of such a struct, with all elements of its last field. It is never smaller than the size of the
 * struct in C.
 */
export function writeOpen(type: NativeType, typeOf: TypeOf, raw: Readonly<Record<string, unknown>>): Buffer {
  const struct = typeOf(type);
  const { head, end } = membersOf(struct);
  const given = raw[end.name];
  const elements = typeof given === 'object' ? (given as OpenEnd) : undefined;
  const element = elements && typeOf(elements.type);
  const needed = end.offset + (elements && element ? elements.values.length * element.size : 0);
  const buffer = Buffer.alloc(Math.max(struct.size, needed));
  for (const one of head) if (raw[one.name] !== undefined) koffi.encode(buffer, one.offset, one.type, raw[one.name]);
  elements?.values.forEach((value, index) => {
    koffi.encode(buffer, end.offset + index * (element as TypeObject).size, element as TypeObject, value);
  });
  return buffer;
}

function membersOf({ members = {} }: TypeObject): { readonly head: readonly Member[]; readonly end: Member } {
  const all = Object.values(members);
  return { head: all.slice(0, -1), end: all.at(-1) as Member };
}

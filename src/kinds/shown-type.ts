/** The types and members that Tab completion shows for a value, derived from its wire type. */
import type { WireType } from './kind.js';

/** Returns the fields of a struct, or of the structs in an array; none for any other type. */
export function membersOf(type: WireType | undefined): readonly { readonly name: string; readonly type: WireType }[] {
  if (type === undefined || typeof type === 'string') return [];
  if ('array' in type) return membersOf(type.array);
  if ('nullable' in type) return membersOf(type.nullable);
  return Object.entries(type.struct).map(([name, field]) => ({ name, type: field }));
}

/** The .NET type of most values; undefined if there are several types. */
export function shownType(type: WireType): string | undefined {
  if (typeof type === 'string') return Object.hasOwn(SHOWN, type) ? SHOWN[type] : type;
  if ('nullable' in type) return shownType(type.nullable);
  return 'array' in type ? `${elementType(type.array)}[]` : 'psobject';
}

/** The .NET type of the elements of an array; undefined if they can have several types. */
function elementType(type: WireType): string {
  if (typeof type !== 'string') return 'array' in type ? `${elementType(type.array)}[]` : 'object';
  return SOME.has(type) ? 'object' : (shownType(type) ?? 'object');
}

const SHOWN: Readonly<Record<string, string | undefined>> = {
  any: undefined,
  bytes: 'byte[]',
  handle: 'Dllet.Client.NativeHandle',
  ipendpoint: 'System.Net.IPEndPoint',
  sid: 'System.Security.Principal.SecurityIdentifier',
  filetime: 'datetime',
  systemtime: 'datetime',
};

const SOME = new Set(['any', 'handle', 'ipendpoint', 'sid', 'filetime', 'systemtime']);

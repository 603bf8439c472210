/** A struct for which .NET has a type: its size in memory, and its bytes as a text. */
import type { Json } from '../json.js';

/** The numbers of the address families on a system. IPv4 is 2 on every system. */
export interface AddressFamilies {
  readonly ipv6: number;
  /** True if the first byte is the length and the second one the family. */
  readonly hasLength?: boolean;
}

/** Families for checks of a text, which give the same result on every system. */
export const ANY_FAMILIES: AddressFamilies = { ipv6: 0 };

export interface StandardForm {
  readonly size: number;
  readonly alignment: 1 | 2 | 4 | 8;
  /** The PowerShell type of a parameter. */
  readonly powershellType: 'guid' | 'datetime' | 'ipaddress' | 'string';
  /** How the client reads and writes it. */
  readonly wireType: 'guid' | 'filetime' | 'systemtime' | 'ipaddress' | 'ipendpoint';
  readonly sample: string;
  /** The expected form, for messages: "a GUID such as ...". */
  readonly expected: string;
  /** The JSON schema of the text. */
  readonly format: string;
  /** The bytes of a JSON value; undefined if it is not valid. */
  toBytes(json: Json, families: AddressFamilies): Buffer | undefined;
  fromBytes(bytes: Buffer, families: AddressFamilies): Json;
}

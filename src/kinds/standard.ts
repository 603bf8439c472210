/**
 * Structs for which .NET has a type: GUIDs, times and network addresses. Their value is a text instead of their fields.
 * A time that .NET cannot hold is returned with its fields, so that nothing is lost.
 */
import type { NativeValue } from '../definition/execution.js';
import { show } from '../definition/shown.js';
import { type Json, ValueError } from './json.js';
import type { Kind, NativeType } from './kind.js';
import { endpointIn, ipv4, ipv6 } from './standard/addresses.js';
import { ANY_FAMILIES, type StandardForm } from './standard/form.js';
import { guid } from './standard/guid.js';
import { fileTime, systemTime } from './standard/times.js';
import { unfit } from './unfit.js';

export interface StandardShape {
  readonly kind: 'standard';
  readonly form: StandardForm;
}

const FORMS: Readonly<Record<string, StandardForm>> = {
  GUID: guid,
  FILETIME: fileTime,
  SYSTEMTIME: systemTime,
  IN_ADDR: ipv4,
  IN6_ADDR: ipv6,
  SOCKADDR_IN: endpointIn(16, 4),
  SOCKADDR_IN6: endpointIn(28, 4, 28),
  SOCKADDR_INET: endpointIn(28, 4),
  SOCKADDR_STORAGE: endpointIn(128, 8),
};

/** Declares the bytes of a struct: one number that gives it its alignment, and the remaining bytes. */
function nativeType({ size, alignment }: StandardForm): NativeType {
  const rest = size - alignment;
  return {
    struct: [
      ['First', `uint${alignment * 8}` as NativeType],
      ...(rest > 0 ? [['Rest', { array: 'uint8', length: rest }] as const] : []),
    ],
  };
}

export const standard: Kind<StandardShape> = {
  name: 'standard',
  builtIns: Object.fromEntries(
    Object.entries(FORMS).map(([name, form]) => [name, (): StandardShape => ({ kind: 'standard', form })]),
  ),
  namesInC: {
    GUID: 'IID CLSID UUID FMTID KNOWNFOLDERID _GUID',
    FILETIME: '_FILETIME',
    SYSTEMTIME: '_SYSTEMTIME',
    IN_ADDR: 'in_addr IPAddr IPMask',
    IN6_ADDR: 'in6_addr',
    SOCKADDR_IN: 'sockaddr_in',
    SOCKADDR_IN6: 'sockaddr_in6 SOCKADDR_IN6_LH',
    SOCKADDR_INET: '_SOCKADDR_INET',
    SOCKADDR_STORAGE: 'sockaddr_storage',
  },

  layout: ({ form: { size, alignment } }) => ({ size, alignment }),
  passing: 'value',
  elements: () => 1,
  codec({ form }, _residence, machine) {
    const { alignment } = form;
    return {
      type: nativeType(form),
      toNative: (value, place) => {
        const bytes = form.toBytes(value as Json, machine.families);
        if (!bytes) throw unfit(place, value, form.expected);
        const first = alignment === 8 ? bytes.readBigUInt64LE() : bytes.readUIntLE(0, alignment);
        return { First: first, Rest: [...bytes.subarray(alignment)] };
      },
      fromNative: (raw) => {
        const { First, Rest } = raw as { readonly First: number | bigint; readonly Rest?: readonly number[] };
        const bytes = Buffer.alloc(form.size);
        if (alignment === 8) bytes.writeBigUInt64LE(BigInt(First));
        else bytes.writeUIntLE(Number(First), 0, alignment);
        bytes.set(Rest ?? [], alignment);
        return form.fromBytes(bytes, machine.families) as NativeValue;
      },
    };
  },

  decode({ form }, json) {
    if (!form.toBytes(json, ANY_FAMILIES)) throw new ValueError(`must be ${form.expected}, not ${show(json)}`);
    return json as NativeValue;
  },
  encode: (_shape, value) => value as Json,
  schema: ({ form: { format } }) => ({ type: 'string', format }),

  inWords: ({ form }) => form.expected,
  powershellType: ({ form }) => form.powershellType,
  wireType: ({ form }) => form.wireType,
  isDistinct: true,
  sample: ({ form }) => form.sample,
};

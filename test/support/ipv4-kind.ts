/** A kind that dllet does not have: IPv4 addresses, four bytes in network order in C, dotted text everywhere else. */
import { isIPv4 } from 'node:net';
import { show } from '../../src/definition/shown.js';
import { type Kind, registerKind, ValueError } from '../../src/kinds/index.js';

interface AddressShape {
  readonly kind: 'ipv4';
}

const numberOf = (dotted: string) => dotted.split('.').reduce((number, byte) => number * 256 + Number(byte), 0);

const dottedOf = (number: number) => [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff).join('.');

const ipv4: Kind<AddressShape> = {
  name: 'ipv4',
  builtIns: { DOTTED: () => ({ kind: 'ipv4' }) },
  constant: {
    problem: (_shape, written) => (isIPv4(String(written)) ? undefined : `'${written}' is not an IPv4 address`),
    value: (_shape, written) => numberOf(String(written)),
  },
  argumentProblem: (_shape, written) => (isIPv4(String(written)) ? undefined : `${written} is not an IPv4 address`),
  returns: () => ({ tells: 'none' }),

  layout: () => ({ size: 4, alignment: 4 }),
  passing: 'value',
  codec: () => ({
    type: 'uint32_be',
    toNative: (value) => value,
    fromNative: (raw) => Number(raw),
  }),

  decode(_shape, json) {
    if (typeof json !== 'string' || !isIPv4(json)) throw new ValueError(`must be an IPv4 address, not ${show(json)}`);
    return numberOf(json);
  },
  encode: (_shape, value) => dottedOf(value as number),
  schema: () => ({ type: 'string', format: 'ipv4' }),
  inResource: 'key',

  inWords: () => 'an IPv4 address',
  powershellType: () => 'string',
  sample: () => '192.0.2.1',
};

registerKind(ipv4);

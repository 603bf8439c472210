import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyOperation,
  PORT_POOLS,
  type Reservations,
} from '../../../../src/extensions/port-reservation/simulation/port-reservation.js';
import {
  EMPTY_STATE,
  parseState,
  serializeState,
} from '../../../../src/extensions/port-reservation/simulation/state-format.js';
import { reservation } from '../../../simulation/support/fixtures.js';

const good = { pool: 'udp', startPort: 5000, numberOfPorts: 20, token: '11' };
const withEntries = (...entries: unknown[]) => JSON.stringify({ version: 1, restarts: 0, reservations: entries });
const exclusion = { pool: 'tcp', startPort: 80, numberOfPorts: 2, administered: true };
const withExclusions = (...exclusions: unknown[]) =>
  JSON.stringify({ version: 1, restarts: 0, reservations: [good], exclusions });

describe('the text of a state', () => {
  it('is this', () => {
    const reservations = [reservation('udp', 5000, 20, 1234605616436508552n), reservation('tcp', 80, 1, 1n)];
    expect(serializeState({ restarts: 2, reservations })).toBe(`{
  "version": 1,
  "restarts": 2,
  "reservations": [
    {
      "pool": "tcp",
      "startPort": 80,
      "numberOfPorts": 1,
      "token": "1"
    },
    {
      "pool": "udp",
      "startPort": 5000,
      "numberOfPorts": 20,
      "token": "1234605616436508552"
    }
  ]
}
`);
  });

  it('is this for a fresh machine', () => {
    expect(serializeState(EMPTY_STATE)).toBe('{\n  "version": 1,\n  "restarts": 0,\n  "reservations": []\n}\n');
  });

  it.each([1n, 2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 1n])('keeps the token %s exactly', (token) => {
    const state = { restarts: 0, reservations: [reservation('udp', 1, 65_535, token)] };
    expect(serializeState(state)).toContain(`"${token}"`);
    expect(parseState(serializeState(state))).toEqual({ kind: 'valid', state });
  });

  it('gives back every state that the model can reach', () => {
    const block = fc.record({
      pool: fc.constantFrom(...PORT_POOLS),
      startPort: fc.nat(65_535),
      numberOfPorts: fc.nat(3_000),
    });
    const token = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
    fc.assert(
      fc.property(fc.nat(), fc.array(block), fc.infiniteStream(token), (restarts, blocks, stream) => {
        const reservations = blocks.reduce<Reservations>((list, at) => {
          const surroundings = { rights: 'elevated', drawToken: () => stream.next().value } as const;
          return applyOperation(list, 'create', at, surroundings).reservations;
        }, []);
        const state = { restarts, reservations };
        expect(parseState(serializeState(state))).toEqual({ kind: 'valid', state });
      }),
    );
  });

  it('holds exclusions that are no reservations, sorted, and only where there are any', () => {
    const exclusions = [
      { pool: 'udp', startPort: 50_000, numberOfPorts: 60, administered: true },
      { pool: 'tcp', startPort: 65_535, numberOfPorts: 1, administered: false },
    ] as const;
    const state = { ...EMPTY_STATE, exclusions };
    expect(JSON.parse(serializeState(state))).toEqual({
      version: 1,
      restarts: 0,
      reservations: [],
      exclusions: [exclusions[1], exclusions[0]],
    });
    expect(parseState(serializeState(state))).toEqual({
      kind: 'valid',
      state: { ...EMPTY_STATE, exclusions: [exclusions[1], exclusions[0]] },
    });
    expect(serializeState({ ...EMPTY_STATE, exclusions: [] })).toBe(serializeState(EMPTY_STATE));
  });

  it('lets an exclusion overlap a reservation, as the computer does', () => {
    const text = withExclusions({ ...exclusion, pool: 'udp', startPort: 5010 });
    expect(parseState(text)).toMatchObject({ kind: 'valid' });
  });

  it('may be written by hand: any order, any white space', () => {
    const other = { token: '12', numberOfPorts: 1, startPort: 1, pool: 'tcp' };
    expect(parseState(`\r\n${withEntries(good, other)}\t`)).toEqual({
      kind: 'valid',
      state: { restarts: 0, reservations: [reservation('tcp', 1, 1, 12n), reservation('udp', 5000, 20, 11n)] },
    });
  });

  it('allows neighbours, and one block in both pools', () => {
    const entries = [good, { ...good, startPort: 5020, token: '12' }, { ...good, pool: 'tcp', token: '13' }];
    expect(parseState(withEntries(...entries))).toMatchObject({ kind: 'valid' });
  });
});

describe('a damaged text', () => {
  const range = /not a decimal string from 1 to 18446744073709551615/;
  const rows: readonly [string, string, string | RegExp][] = [
    ['nothing', '', 'it is empty'],
    ['white space', ' \n', 'it is empty'],
    ['no JSON', 'PK\u0003\u0004', /^it is not JSON \(/],
    ['cut off', withEntries(good).slice(0, -3), /^it is not JSON \(/],
    ['zeros after a power failure', '\0'.repeat(64), /^it is not JSON \(/],
    ['null', 'null', 'the document is not an object'],
    ['an array', '[]', 'the document is not an object'],
    ['no version', '{}', /^its version is missing/],
    ['a later version', '{"version":2,"restarts":0,"reservations":[]}', /^its version is 2, .* only version 1$/],
    ['a version as text', '{"version":"1","restarts":0,"reservations":[]}', /^its version is "1"/],
    ['no restarts', '{"version":1,"reservations":[]}', 'the document has no restarts'],
    ['negative restarts', '{"version":1,"restarts":-1,"reservations":[]}', /^restarts is -1/],
    ['half a restart', '{"version":1,"restarts":0.5,"reservations":[]}', /^restarts is 0.5/],
    ['no reservations', '{"version":1,"restarts":0}', 'the document has no reservations'],
    ['reservations as an object', '{"version":1,"restarts":0,"reservations":{}}', 'reservations is not an array'],
    [
      'more at the top',
      '{"version":1,"restarts":0,"reservations":[],"x":1}',
      'the document has an unknown property "x"',
    ],
    ['an entry that is null', withEntries(null), 'reservations[0] is not an object'],
    ['no pool', withEntries({ startPort: 1, numberOfPorts: 1, token: '1' }), 'reservations[0] has no pool'],
    ['more in an entry', withEntries({ ...good, endPort: 5019 }), 'reservations[0] has an unknown property "endPort"'],
    ['another pool', withEntries({ ...good, pool: 'sctp' }), /\.pool is "sctp", which is not one of tcp, udp$/],
    ['a pool in capitals', withEntries({ ...good, pool: 'UDP' }), /\.pool is "UDP"/],
    ['start 0', withEntries({ ...good, startPort: 0 }), /\.startPort is 0, .* from 1 to 65535$/],
    ['start 65536', withEntries({ ...good, startPort: 65_536 }), /\.startPort is 65536/],
    ['start as text', withEntries({ ...good, startPort: '5000' }), /\.startPort is "5000"/],
    ['count 0', withEntries({ ...good, numberOfPorts: 0 }), /\.numberOfPorts is 0/],
    ['count 1.5', withEntries({ ...good, numberOfPorts: 1.5 }), /\.numberOfPorts is 1.5/],
    [
      'past the last port',
      withEntries({ ...good, startPort: 65_530 }),
      'reservations[0] ends at port 65549, past the last port, 65535',
    ],
    ['a token as a number', withEntries({ ...good, token: 11 }), /\.token is 11, which is not a decimal string/],
    ['token 0', withEntries({ ...good, token: '0' }), range],
    ['token 2^64', withEntries({ ...good, token: '18446744073709551616' }), range],
    ['a negative token', withEntries({ ...good, token: '-1' }), range],
    ['a hexadecimal token', withEntries({ ...good, token: '0x11' }), range],
    ['a token with leading zeros', withEntries({ ...good, token: '011' }), range],
    [
      'a token of 10000 digits',
      withEntries({ ...good, token: '9'.repeat(10_000) }),
      /^reservations\[0\]\.token is "9{56}\.\.\., /,
    ],
    [
      'the same block twice',
      withEntries(good, { ...good, token: '12' }),
      'reservations[0] and reservations[1] overlap in the udp ports',
    ],
    [
      'blocks that overlap, far apart in the file',
      withEntries({ ...good, startPort: 5019, token: '12' }, { ...good, startPort: 9, token: '13' }, good),
      'reservations[2] and reservations[0] overlap in the udp ports',
    ],
    [
      'a token twice, in two pools',
      withEntries(good, { ...good, pool: 'tcp' }),
      'reservations[0] and reservations[1] have the same token, 11',
    ],
    ['exclusions as an object', withEntries().replace('}', ',"exclusions":{}}'), 'exclusions is not an array'],
    ['exclusions that are null', withEntries().replace('}', ',"exclusions":null}'), 'exclusions is not an array'],
    ['an exclusion that is none', withExclusions(exclusion, 80), 'exclusions[1] is not an object'],
    ['an exclusion without a star or none', withExclusions({ ...good }), 'exclusions[0] has no administered'],
    [
      'a star that is a number',
      withExclusions({ ...exclusion, administered: 1 }),
      /\.administered is neither true nor/,
    ],
    [
      'more in an exclusion',
      withExclusions({ ...exclusion, token: '1' }),
      'exclusions[0] has an unknown property "token"',
    ],
    ['an exclusion of another pool', withExclusions({ ...exclusion, pool: 'Tcp' }), /^exclusions\[0\]\.pool is "Tcp"/],
    ['an exclusion from port 0', withExclusions({ ...exclusion, startPort: 0 }), /^exclusions\[0\]\.startPort is 0/],
    [
      'an exclusion past the last port',
      withExclusions({ ...exclusion, startPort: 65_535 }),
      'exclusions[0] ends at port 65536, past the last port, 65535',
    ],
  ];

  it.each(rows)('%s', (_name, text, reason) => {
    expect(parseState(text)).toEqual({
      kind: 'damaged',
      reason: typeof reason === 'string' ? reason : expect.stringMatching(reason),
    });
  });
});

describe('a value that is nested very deep, or is very wide', () => {
  const deep = (open: string, inner: string, close: string) => open.repeat(100_000) + inner + close.repeat(100_000);
  const wide = JSON.stringify(Array.from({ length: 200_000 }, () => 'x'));

  it.each([
    ['version', deep('[', '', ']'), `${'['.repeat(57)}...`],
    ['version', deep('{"a":', '1', '}'), `${'{"a":'.repeat(12).slice(0, 57)}...`],
    ['version', wide, `${JSON.stringify(Array(20).fill('x')).slice(0, 57)}...`],
    ['restarts', deep('[', '', ']'), `${'['.repeat(57)}...`],
  ])('is told, as %s, like any other', (key, value, shown) => {
    const text = `{"version":1,"restarts":0,"reservations":[]}`.replace(
      new RegExp(`"${key}":[0-9]`),
      () => `"${key}":${value}`,
    );
    expect(parseState(text)).toEqual({
      kind: 'damaged',
      reason: expect.stringContaining(`${key} is ${shown},`),
    });
  });
});

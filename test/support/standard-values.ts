/** Random GUIDs, times, addresses, endpoints and SIDs: their texts, and their bytes in C. */
import fc from 'fast-check';

/** A value, and its bytes in memory. */
export interface StandardValue {
  readonly text: string;
  readonly bytes: Uint8Array;
}

const bytesOf = (length: number) =>
  fc.oneof(
    { weight: 9, arbitrary: fc.uint8Array({ minLength: length, maxLength: length }) },
    fc.constantFrom(0, 255).map((byte) => new Uint8Array(length).fill(byte)),
  );
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** GUIDs. Their first three numbers are in host order. */
export const guids: fc.Arbitrary<StandardValue> = bytesOf(16).map((bytes) => {
  const turned = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15].map((at) => bytes[at] ?? 0);
  return { text: hex(Uint8Array.from(turned)).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'), bytes };
});

const EPOCH = BigInt(Date.UTC(1601, 0, 1));
const LAST = BigInt(Date.UTC(9999, 11, 31, 23, 59, 59, 999)) - EPOCH;
const milliseconds = fc.oneof(fc.bigInt({ min: 0n, max: LAST }), fc.constantFrom(0n, LAST));
const isoOf = (since1601: bigint) => new Date(Number(since1601 + EPOCH)).toISOString().slice(0, -1);

export const fileTimes: fc.Arbitrary<StandardValue> = fc.tuple(milliseconds, fc.nat(9999)).map(([time, ticks]) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(time * 10_000n + BigInt(ticks));
  return { text: `${isoOf(time)}${String(ticks).padStart(4, '0')}Z`, bytes };
});

export const systemTimes: fc.Arbitrary<StandardValue> = milliseconds.map((time) => {
  const date = new Date(Number(time + EPOCH));
  const day = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDay(), date.getUTCDate()];
  const clock = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds(), date.getUTCMilliseconds()];
  return { text: `${isoOf(time)}0000`, bytes: words([...day, ...clock]) };
});

/** Whole seconds since 1970. */
export const unixTimes: fc.Arbitrary<StandardValue> = milliseconds.map((time) => {
  const bytes = Buffer.alloc(8);
  const seconds = (time - (time % 1000n) + EPOCH) / 1000n;
  bytes.writeBigInt64LE(seconds);
  return { text: `${isoOf(time).slice(0, -3)}0000000Z`, bytes };
});

export const ipv4Addresses: fc.Arbitrary<StandardValue> = bytesOf(4).map((bytes) => ({
  text: [...bytes].join('.'),
  bytes,
}));

/** Without addresses that .NET writes with an embedded IPv4 address. */
export const ipv6Addresses: fc.Arbitrary<StandardValue> = fc
  .tuple(
    fc.integer({ min: 1, max: 0xffff }),
    fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0x5000 })), { minLength: 7, maxLength: 7 }),
  )
  .map(([first, rest]) => {
    const groups = [first, ...rest];
    const text = new URL(`http://[${groups.map((group) => group.toString(16)).join(':')}]/`).hostname.slice(1, -1);
    return { text, bytes: words(groups).swap16() };
  });

const ports = fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0, 0xffff));

/** The bytes of an endpoint are those after the family, which is system-dependent. */
export const ipv4Endpoints: fc.Arbitrary<StandardValue> = fc
  .tuple(ipv4Addresses, ports)
  .map(([{ text, bytes }, port]) => ({
    text: `${text}:${port}`,
    bytes: Buffer.concat([words([port]).swap16(), bytes, Buffer.alloc(8)]),
  }));

export const ipv6Endpoints: fc.Arbitrary<StandardValue> = fc
  .tuple(ipv6Addresses, ports, fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 0xffff_ffff })))
  .map(([{ text, bytes }, port, scope]) => ({
    text: `[${text}${scope === 0 ? '' : `%${scope}`}]:${port}`,
    bytes: Buffer.concat([words([port]).swap16(), Buffer.alloc(4), bytes, longs([scope])]),
  }));

/** At least one part: Windows writes no SID without one, and its behaviour for such a text is undefined. */
const parts = fc.array(fc.integer({ min: 0, max: 0xffff_ffff }), { minLength: 1, maxLength: 15 });

export const sids: fc.Arbitrary<StandardValue> = fc
  .tuple(fc.integer({ min: 0, max: 0xffff_ffff }), parts)
  .map(([authority, all]) => {
    const head = Buffer.from([1, all.length, 0, 0, 0, 0, 0, 0]);
    head.writeUInt32BE(authority, 4);
    return { text: ['S-1', authority, ...all].join('-'), bytes: Buffer.concat([head, longs(all)]) };
  });

function words(values: readonly number[]): Buffer {
  return Buffer.from(Uint16Array.from(values).buffer);
}

function longs(values: readonly number[]): Buffer {
  return Buffer.from(Uint32Array.from(values).buffer);
}

/** Addresses: bytes to text (RFC 5952), and text to the sockaddr of each platform. */
import { isIPv6, SocketAddress } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipv4Text, ipv6Text } from '../../../../src/extensions/port-reservation/native/port-table-address.js';
import { socketAddress } from '../../../../src/extensions/port-reservation/native/socket-address.js';
import { winsockErrorName } from '../../../../src/extensions/port-reservation/native/socket-errors.js';

/** The bytes of an address of eight groups. */
const bytesOf = (...groups: number[]): Uint8Array =>
  Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));

/** Addresses with many zeros, where the rules are. */
const sparseGroups = fc.array(fc.oneof(fc.constant(0), fc.constant(0), fc.nat(0xffff)), { minLength: 8, maxLength: 8 });

describe('the text of an address', () => {
  it.each([
    [[0, 0, 0, 0, 0, 0, 0, 0], '::'],
    [[0, 0, 0, 0, 0, 0, 0, 1], '::1'],
    [[0x2001, 0xdb8, 0, 0, 0, 0, 2, 1], '2001:db8::2:1'],
    [[0x2001, 0xdb8, 0, 1, 1, 1, 1, 1], '2001:db8:0:1:1:1:1:1'],
    [[0x2001, 0, 0, 1, 0, 0, 0, 1], '2001:0:0:1::1'],
    [[0x2001, 0xdb8, 0, 0, 1, 0, 0, 1], '2001:db8::1:0:0:1'],
    [[0xfe80, 0, 0, 0, 0, 0, 0, 0], 'fe80::'],
    [[0, 0, 1, 0, 0, 0, 0, 0xabcd], '0:0:1::abcd'],
    [[0, 0, 0, 0, 0, 0xffff, 0x0102, 0x0304], '::ffff:1.2.3.4'],
    [[0, 0, 0, 0, 0xffff, 0, 0x0102, 0x0304], '::ffff:0:102:304'],
  ])('%j is %s', (groups, text) => {
    expect(ipv6Text(bytesOf(...groups))).toBe(text);
  });

  it('has a scope where there is one', () => {
    expect(ipv6Text(bytesOf(0xfe80, 0, 0, 0, 0, 0, 0, 1), 12)).toBe('fe80::1%12');
    expect(ipv4Text(Uint8Array.of(192, 0, 2, 255))).toBe('192.0.2.255');
  });

  it('is an address, has no zero group too many, and leads back to its bytes', () => {
    fc.assert(
      fc.property(sparseGroups, (groups) => {
        const bytes = bytesOf(...groups);
        const text = ipv6Text(bytes);
        expect(isIPv6(text)).toBe(true);
        expect(text).not.toMatch(/(^|:)0[\da-f]|[A-F]/);
        expect(socketAddress(text, 'linux').bytes.subarray(8, 24)).toEqual(Buffer.from(bytes));
        // Node writes ::1.2.3.4 for addresses of ::/96, which RFC 5952 leaves to known prefixes.
        if (groups.slice(0, 5).some((group) => group !== 0)) {
          expect(text).toBe(new SocketAddress({ address: text, family: 'ipv6' }).address);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('the sockaddr of an address', () => {
  const hex = (text: string, platform: NodeJS.Platform): string => socketAddress(text, platform).bytes.toString('hex');

  it('is that of the platform', () => {
    expect(hex('127.0.0.1', 'linux')).toBe(`020000007f000001${'0'.repeat(16)}`);
    expect(hex('127.0.0.1', 'win32')).toBe(`020000007f000001${'0'.repeat(16)}`);
    expect(hex('127.0.0.1', 'darwin')).toBe(`100200007f000001${'0'.repeat(16)}`);
    const loopback = `${'0'.repeat(31)}1`;
    expect(hex('::1', 'linux')).toBe(`0a000000${'0'.repeat(8)}${loopback}${'0'.repeat(8)}`);
    expect(hex('::1', 'win32')).toBe(`17000000${'0'.repeat(8)}${loopback}${'0'.repeat(8)}`);
    expect(hex('::1', 'darwin')).toBe(`1c1e0000${'0'.repeat(8)}${loopback}${'0'.repeat(8)}`);
  });

  it('has the scope id, and knows IPv4-mapped addresses', () => {
    expect(hex('fe80::1%258', 'linux').slice(-8)).toBe('02010000');
    expect(socketAddress('::ffff:1.2.3.4', 'linux')).toMatchObject({ ipv6: true, ipv4Mapped: true });
    expect(socketAddress('::FFFF:1.2.3.4', 'linux').bytes.subarray(8, 24).toString('hex')).toBe(
      `${'0'.repeat(20)}ffff01020304`,
    );
    expect(socketAddress('::', 'linux')).toMatchObject({ ipv6: true, ipv4Mapped: false });
  });
});

it('names Winsock errors as node does', () => {
  expect([10_048, 10_013, 10_049, 10_047, 10_022].map(winsockErrorName)).toEqual([
    'EADDRINUSE',
    'EACCES',
    'EADDRNOTAVAIL',
    'EAFNOSUPPORT',
    'EINVAL',
  ]);
  expect(winsockErrorName(11_001)).toBe('WSA11001');
});

/** Why no free block for a block, and what would make some. */
import { describe, expect, it } from 'vitest';
import type { FreeBlockQuery } from '../../../../src/extensions/port-reservation/ports/free-blocks.js';
import { explainNoRoom } from '../../../../src/extensions/port-reservation/ports/no-room.js';

const dynamic = (startPort: number, numberOfPorts: number, protocol: 'Tcp' | 'Udp' = 'Tcp') =>
  ({ protocol, addressFamily: 'IPv4', startPort, numberOfPorts }) as const;
const excluded = (startPort: number, endPort: number, protocol: 'Tcp' | 'Udp' = 'Tcp') =>
  ({ protocol, addressFamily: 'IPv4', startPort, endPort, administered: false }) as const;
const query: FreeBlockQuery = {
  numberOfPorts: 1000,
  protocols: ['Tcp'],
  exclusions: [],
  uses: [],
  dynamicRanges: [],
};

describe('the reason for no room', () => {
  it.each<[string, Partial<FreeBlockQuery>, string]>([
    [
      'the dynamic range',
      {
        minimum: 49_000,
        dynamicRanges: [dynamic(49_152, 16_384), { ...dynamic(49_152, 16_384), addressFamily: 'IPv6' }],
      },
      'There is no block of 1000 ports between 49000 and 65535 that is free for TCP: the largest gap has 152 ports, ' +
        '49000-49151. In the way: the dynamic range 49152-65535. -IncludeDynamicRange also finds blocks in the dynamic port range. ' +
        'A wider range (-Minimum, -Maximum) has a free block.',
    ],
    [
      'a dynamic range that begins at 1024',
      { dynamicRanges: [dynamic(1024, 64_512)] },
      'There is no block of 1000 ports between 1024 and 65535 that is free for TCP: no port is free. In the way: ' +
        'the dynamic range 1024-65535. -IncludeDynamicRange also finds blocks in the dynamic port range. The dynamic range of TCP ' +
        'starts below the default, 49152. To restore the default, run Set-DynamicPortRange -Protocol Tcp -Default.',
    ],
    [
      'a dynamic range of the other protocol, which is not in the way',
      { exclusions: [excluded(1024, 65_535)], dynamicRanges: [{ ...dynamic(1024, 64_512), protocol: 'Udp' }] },
      'There is no block of 1000 ports between 1024 and 65535 that is free for TCP: no port is free. ' +
        'In the way: one excluded range. Stop programs that use these ports, or remove exclusions.',
    ],
    [
      'different dynamic ranges of two protocols',
      {
        protocols: ['Tcp', 'Udp'],
        dynamicRanges: [dynamic(1025, 64_511), { ...dynamic(49_152, 16_384), protocol: 'Udp' }],
      },
      'There is no block of 1000 ports between 1024 and 65535 that is free for TCP and UDP: the largest gap is the single ' +
        'port 1024. In the way: the dynamic range of TCP 1025-65535, the dynamic range of UDP 49152-65535. ' +
        '-IncludeDynamicRange also finds blocks in the dynamic port range. The dynamic range of TCP starts below the default, ' +
        '49152. To restore the default, run Set-DynamicPortRange -Protocol Tcp -Default. -Protocol Udp finds one for that ' +
        'protocol alone.',
    ],
    [
      'the limits',
      { minimum: 2000, maximum: 2999, exclusions: [excluded(2001, 2999)] },
      'There is no block of 1000 ports between 2000 and 2999 that is free for TCP: the largest gap is the single port 2000. ' +
        'In the way: one excluded range. A wider range (-Minimum, -Maximum) has a free block.',
    ],
    [
      'one of two protocols',
      { protocols: ['Tcp', 'Udp'], exclusions: [excluded(1024, 65_535)] },
      'There is no block of 1000 ports between 1024 and 65535 that is free for TCP and UDP: no port is free. ' +
        'In the way: one excluded range. -Protocol Udp finds one for that protocol alone.',
    ],
    [
      'a number that is too large',
      { exclusions: [excluded(1524, 65_535)], refused: [1600] },
      'There is no block of 1000 ports between 1024 and 65535 that is free for TCP: the largest gap has 500 ports, ' +
        '1024-1523. In the way: one excluded range, one port that could not be bound. Ask for at most 500 ports.',
    ],
    [
      'everything',
      {
        numberOfPorts: 1,
        minimum: 1,
        exclusions: [excluded(1, 65_535)],
        uses: [80, 81].map((port) => ({
          protocol: 'Tcp',
          addressFamily: 'IPv4',
          address: '::',
          port,
          state: 'Listen',
          processId: 1,
          processName: null,
        })),
      },
      'There is no port between 1 and 65535 that is free for TCP. In the way: ' +
        'one excluded range, 2 ports in use. Stop programs that use these ports, or remove exclusions.',
    ],
  ])('%s', (_name, change, wanted) => {
    expect(explainNoRoom({ ...query, ...change })).toBe(wanted);
  });
});

/** The text of /proc/net/tcp and its siblings. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  linuxTcpState,
  parseLinuxSocketTable,
} from '../../../../src/extensions/port-reservation/ports/linux-socket-table.js';

const TCP = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                                                     
   0: 0100007F:0035 00000000:0000 0A 00000000:00000000 00:00000000 00000000   101        0 21345 1 0000000000000000 100 0 0 10 0                     
   1: 0F02000A:8AE2 22D8B80D:01BB 06 00000000:00000000 03:000008D4 00000000     0        0 0 3 0000000000000000                                      
  12: 00000000:FFFF 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4294967297 1 0000000000000000 100 0 0 10 0               
`;

const TCP6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000001000000:0277 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 7 1 0000000000000000 100 0 0 10 0
   1: 0000000000000000FFFF00000100007F:1F90 0000000000000000FFFF00000100007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 8 1 0000000000000000 20 0 0 10 -1
   2: 000080FE00000000FF21F6A1FEA7F0C2:0016 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 9 1 0000000000000000 20 0 0 10 -1
`;

const UDP = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops            
 1234: 3500007F:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000   101        0 17 2 0000000000000000 0        
`;

const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0');
const byte = fc.nat(255);
const rowFacts = fc.record({
  address: fc.tuple(byte, byte, byte, byte),
  port: fc.nat(65_535),
  state: fc.integer({ min: 1, max: 12 }),
  inode: fc.nat(),
});

describe('a table of sockets', () => {
  it('gives address, port, state and inode of each row', () => {
    expect(parseLinuxSocketTable(TCP, 'LE')).toEqual([
      { address: '127.0.0.1', port: 53, state: 10, inode: 21_345 },
      { address: '10.0.2.15', port: 35_554, state: 6, inode: 0 },
      { address: '0.0.0.0', port: 65_535, state: 10, inode: 4_294_967_297 },
    ]);
    expect(parseLinuxSocketTable(TCP6, 'LE')).toEqual([
      { address: '::1', port: 631, state: 10, inode: 7 },
      { address: '::ffff:127.0.0.1', port: 8080, state: 1, inode: 8 },
      { address: 'fe80::a1f6:21ff:c2f0:a7fe', port: 22, state: 10, inode: 9 },
    ]);
    expect(parseLinuxSocketTable(UDP, 'LE')).toEqual([{ address: '127.0.0.53', port: 53, state: 7, inode: 17 }]);
  });

  it('follows the byte order of the machine', () => {
    expect(parseLinuxSocketTable(TCP, 'BE')[0]?.address).toBe('1.0.0.127');
    expect(parseLinuxSocketTable(TCP.replace('0100007F', '7F000001'), 'BE')[0]?.address).toBe('127.0.0.1');
  });

  it('may be empty, but not without its heading', () => {
    expect(parseLinuxSocketTable(`${TCP.split('\n')[0]}\n`, 'LE')).toEqual([]);
    expect(() => parseLinuxSocketTable('', 'LE')).toThrow('heading');
    expect(() => parseLinuxSocketTable('<html>', 'LE')).toThrow('heading');
  });

  it('is refused with a row that cannot be read', () => {
    expect(() => parseLinuxSocketTable(`${TCP}   3: 0100007F`, 'LE')).toThrow('unexpected row');
    expect(() => parseLinuxSocketTable(TCP.replace('0100007F:', '0100007F00000000:'), 'LE')).toThrow('unexpected row');
  });

  it('gives back every row that was written', () => {
    fc.assert(
      fc.property(fc.array(rowFacts), (rows) => {
        const lines = rows.map(({ address, port, state, inode }, index) => {
          const word = [...address]
            .reverse()
            .map((part) => hex(part, 2))
            .join('');
          const front = `${String(index).padStart(4)}: ${word}:${hex(port, 4)} 00000000:0000 ${hex(state, 2)}`;
          return `${front} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0000000000000000 100 0`;
        });
        const text = [TCP.split('\n')[0], ...lines, ''].join('\n');
        expect(parseLinuxSocketTable(text, 'LE')).toEqual(
          rows.map((row) => ({ ...row, address: row.address.join('.') })),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('names states as Get-NetTCPConnection does', () => {
    expect([1, 6, 10, 12, 99].map(linuxTcpState)).toEqual([
      'Established',
      'TimeWait',
      'Listen',
      'SynReceived',
      'Unknown',
    ]);
  });
});

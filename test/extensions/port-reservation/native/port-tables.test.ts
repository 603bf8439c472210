/** The tables of iphlpapi.dll, read from bytes; the calls that fetch them; names of processes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  callForTable,
  type SizedCall,
  SizedCallError,
} from '../../../../src/extensions/port-reservation/native/port-table-call.js';
import {
  type PortTableRow,
  parsePortTable,
  ROW_LAYOUTS,
} from '../../../../src/extensions/port-reservation/native/port-table-rows.js';
import { processNameOfImage } from '../../../../src/system/process-name.js';

const dwords = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => void bytes.writeUInt32LE(value, index * 4));
  return bytes;
};
const fromHex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');

const KINDS = (['Tcp', 'Udp'] as const).flatMap((protocol) =>
  (['IPv4', 'IPv6'] as const).map((addressFamily) => ({ protocol, addressFamily })),
);

describe('a table', () => {
  it('of TCP over IPv4', () => {
    const table = fromHex(`02000000
      02000000 7f000001 1f90 0000 00000000 0000 0000 d2040000
      0b000000 0a00020f c350 beef c0000201 01bb 0000 00000000`);
    expect(parsePortTable(table, { protocol: 'Tcp', addressFamily: 'IPv4' })).toEqual([
      { address: '127.0.0.1', port: 8080, state: 2, processId: 1234 },
      { address: '10.0.2.15', port: 50_000, state: 11, processId: 0 },
    ]);
  });

  it('of TCP over IPv6', () => {
    const table = fromHex(`02000000
      00000000000000000000000000000001 00000000 01bb0000 00000000000000000000000000000000 00000000 00000000 02000000 04000000
      fe800000000000000000000000000001 0c000000 00500000 fe800000000000000000000000000002 0c000000 01bb0000 05000000 00000080`);
    expect(parsePortTable(table, { protocol: 'Tcp', addressFamily: 'IPv6' })).toEqual([
      { address: '::1', port: 443, state: 2, processId: 4 },
      { address: 'fe80::1%12', port: 80, state: 5, processId: 0x8000_0000 },
    ]);
  });

  it('of UDP over IPv4 and IPv6', () => {
    expect(
      parsePortTable(fromHex('01000000 00000000 14e9ffff 39050000'), { protocol: 'Udp', addressFamily: 'IPv4' }),
    ).toEqual([{ address: '0.0.0.0', port: 5353, state: null, processId: 1337 }]);
    const ipv6 = fromHex('01000000 00000000000000000000ffff01020304 00000000 00350000 08000000');
    expect(parsePortTable(ipv6, { protocol: 'Udp', addressFamily: 'IPv6' })).toEqual([
      { address: '::ffff:1.2.3.4', port: 53, state: null, processId: 8 },
    ]);
  });

  it('has scope ids in either byte order', () => {
    const row = (scope: string): Buffer =>
      fromHex(`01000000 ff020000000000000000000000000001 ${scope} 00350000 08000000`);
    for (const scope of ['17000000', '00000017']) {
      expect(parsePortTable(row(scope), { protocol: 'Udp', addressFamily: 'IPv6' })[0]?.address).toBe('ff02::1%23');
    }
  });

  it('has no scope at an address that is the same everywhere', () => {
    const row = fromHex('01000000 00000000000000000000000000000001 00100000 00350000 08000000');
    expect(parsePortTable(row, { protocol: 'Udp', addressFamily: 'IPv6' })[0]?.address).toBe('::1');
  });

  it('may be longer than its rows, and may have none', () => {
    for (const kind of KINDS) {
      expect(parsePortTable(dwords(0), kind)).toEqual([]);
      expect(parsePortTable(Buffer.concat([dwords(0), Buffer.alloc(100, 0xff)]), kind)).toEqual([]);
    }
  });

  it('is refused when it is shorter than its rows', () => {
    for (const kind of KINDS) {
      const { size } = ROW_LAYOUTS[`${kind.protocol}${kind.addressFamily}`];
      expect(() => parsePortTable(Buffer.alloc(0), kind)).toThrow('the table should have');
      expect(() => parsePortTable(Buffer.concat([dwords(1), Buffer.alloc(size - 1)]), kind)).toThrow('1 rows');
      expect(() => parsePortTable(dwords(0xffff_ffff), kind)).toThrow('4294967295 rows');
    }
  });

  it('gives back the rows that were written', () => {
    const byte = fc.nat(255);
    const rows = fc.array(
      fc.record({
        address: fc.array(byte, { minLength: 4, maxLength: 4 }),
        port: fc.nat(65_535),
        state: fc.nat(100),
        processId: fc.nat(0xffff_ffff),
        junk: byte,
      }),
    );
    fc.assert(
      fc.property(rows, fc.constantFrom('Tcp' as const, 'Udp' as const), (written, protocol) => {
        const layout = ROW_LAYOUTS[`${protocol}IPv4`];
        const bytes = written.map((row) => {
          const buffer = Buffer.alloc(layout.size, row.junk);
          buffer.set(row.address, layout.address);
          buffer.writeUInt16BE(row.port, layout.port);
          buffer.writeUInt32LE(row.processId, layout.processId);
          if (layout.state !== undefined) buffer.writeUInt32LE(row.state, layout.state);
          return buffer;
        });
        const table = Buffer.concat([dwords(written.length), ...bytes]);
        const expected = written.map(
          ({ address, port, state, processId }): PortTableRow => ({
            address: address.join('.'),
            port,
            state: protocol === 'Tcp' ? state : null,
            processId,
          }),
        );
        expect(parsePortTable(table, { protocol, addressFamily: 'IPv4' })).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the call for a table', () => {
  /** A system whose table has these sizes, one after the other; the last stays. */
  function growing(...sizes: number[]): { readonly call: SizedCall; readonly given: (number | null)[] } {
    const given: (number | null)[] = [];
    const call: SizedCall = (table, size) => {
      const needed = sizes[Math.min(given.length, sizes.length - 1)] ?? 0;
      given.push(table?.length ?? null);
      const room = size.readUInt32LE();
      expect(room).toBe(table?.length ?? 0);
      size.writeUInt32LE(needed);
      if (!table || room < needed) return 122;
      table.fill(1, 0, needed);
      return 0;
    };
    return { call, given };
  }

  it('asks for the size first', () => {
    const { call, given } = growing(1000);
    expect(callForTable(call).subarray(0, 1000)).toEqual(Buffer.alloc(1000, 1));
    expect(given).toEqual([null, expect.any(Number)]);
  });

  it('asks again when the table has grown', () => {
    const { call, given } = growing(1000, 5000, 20_000);
    expect(callForTable(call).length).toBeGreaterThanOrEqual(20_000);
    expect(given).toHaveLength(4);
  });

  it('takes a success without memory for an answer about the size', () => {
    const answers = [0, 0];
    const call: SizedCall = () => answers.shift() ?? 1;
    expect(callForTable(call).readUInt32LE(0)).toBe(0);
    expect(answers).toEqual([]);
  });

  it('gives up on a table that never stops growing', () => {
    let calls = 0;
    const call: SizedCall = (table, size) => {
      calls++;
      size.writeUInt32LE((table?.length ?? 0) + 1000);
      return 122;
    };
    expect(() => callForTable(call)).toThrow(new SizedCallError(122));
    expect(calls).toBe(10);
  });

  it('makes more room even if the system asks for less than it got', () => {
    const lengths: number[] = [];
    const call: SizedCall = (table, size) => {
      if (table) lengths.push(table.length);
      size.writeUInt32LE(8);
      return lengths.length < 3 ? 122 : 0;
    };
    callForTable(call);
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
    expect(new Set(lengths).size).toBe(3);
  });

  it('reports any other code at once', () => {
    expect(() => callForTable(() => 87)).toThrow(new SizedCallError(87));
  });
});

describe('the name of a process', () => {
  it.each([
    ['C:\\Windows\\System32\\svchost.exe', 'svchost'],
    ['C:\\Program Files\\My App\\my.app.EXE', 'my.app'],
    ['\\Device\\HarddiskVolume3\\x\\vmmem', 'vmmem'],
  ])('%s is %s', (image, name) => {
    expect(processNameOfImage(image)).toBe(name);
  });
});

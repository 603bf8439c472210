/** Runs in node.exe: calls the system's own DLLs, without a stand-in. Wine's Iphlpapi.dll lacks the six functions. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { loadDefinition } from '../../../src/definition/load.js';
import { openPortTables } from '../../../src/extensions/port-reservation/native/port-tables.js';
import { createNativeBackend } from '../../../src/native/backend.js';
import { nativeSystem } from '../../../src/native/system.js';
import { openProcessNames } from '../../../src/system/process-name.js';
import { callNow, errorOf } from '../../native/support.js';

const IPHLPAPI = 'C:\\windows\\system32\\Iphlpapi.dll';

const definition = await loadDefinition('PersistentPortReservation');

describe('Iphlpapi.dll of the system', () => {
  const backend = createNativeBackend({ definition });

  it('is named by its absolute path', () => {
    expect(backend.locate()).toBe(IPHLPAPI);
  });

  it.each(Object.values(definition.functions).map((fn) => [fn.name, fn] as const))(
    'does not have %s, and that is what the error says',
    (name, fn) => {
      const error = errorOf(() => callNow(backend, fn, { StartPort: 5000, NumberOfPorts: 20 }));
      expect(error).toMatchObject({
        id: 'FunctionNotFound',
        category: 'ObjectNotFound',
        data: { path: IPHLPAPI, function: name },
      });
      expect(error.message).toContain(IPHLPAPI);
      expect(error.message).toContain(name);
    },
  );
});

describe('FormatMessageW', () => {
  const backend = createNativeBackend({ definition });

  it('has a sentence for each code, without a line end', () => {
    const texts = [2, 5, 32, 87, 1168].map((code) => backend.describeWin32(code) ?? '');
    for (const text of texts) expect(text).toMatch(/^\S.*\S$/);
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts[1]).toMatch(/access denied/i);
  });

  it('has nothing for a code that nobody knows', () => {
    expect(backend.describeWin32(0x2fff_ffff)).toBeUndefined();
  });
});

describe('GetExtendedUdpTable', () => {
  const system = nativeSystem('win32');

  it.each([
    ['IPv4', 'udp4', '127.0.0.1'],
    ['IPv6', 'udp6', '::1'],
  ] as const)('has a socket of %s that this process holds', async (addressFamily, type, address) => {
    const socket = await hold(type, address);
    const { port } = socket.address();
    const read = openPortTables(system);
    const held = () => read({ protocol: 'Udp', addressFamily }).filter((row) => row.port === port);
    expect(held()).toMatchObject([{ address, processId: process.pid }]);
    socket.close();
    await once(socket, 'close');
    expect(held()).toEqual([]);
  });

  it('names this process as Get-Process does', () => {
    expect(openProcessNames(system)(process.pid)).toBe('node');
  });
});

async function hold(type: 'udp4' | 'udp6', address: string): Promise<Socket> {
  const socket = createSocket(type).bind(0, address);
  await once(socket, 'listening');
  return socket;
}

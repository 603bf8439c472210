/** GUIDs, times, addresses, endpoints and SIDs, in every place where a C function has them. */
import { writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createBridge } from '../../src/bridge/bridge.js';
import { loadDefinition } from '../../src/definition/load.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { canonicalDefinition } from '../../src/definition/written/canonical.js';
import { createNativeBackend } from '../../src/native/backend.js';
import { nativeLibrary, replyOf } from '../support/native-bridge.js';
import { STANDARD, STANDARD_SOURCE } from '../support/standard.js';

const library = await nativeLibrary(STANDARD_SOURCE, STANDARD);
afterAll(library.remove);

const bridge = library.newBridge();

async function result(method: string, params: object = {}): Promise<unknown> {
  const reply = await replyOf(bridge, method, params as never);
  expect(reply).toHaveProperty('result');
  const values = Object.values((reply as { result: object }).result);
  return values.length === 1 ? values[0] : values;
}

const GUID = '6b29fc40-ca47-1067-b31d-00dd010662da';

describe('a value that C reads field by field, or writes', () => {
  it('a GUID behind a pointer, by value, in a struct and in an array', async () => {
    expect(await result('GuidText', { id: GUID })).toBe(GUID);
    expect(await result('GuidByValue', { id: GUID })).toBe(GUID);
    expect(await result('MakeGuid', { first: 0x6b29fc40 })).toBe(GUID);
    expect(await result('NextGuids', { ids: [GUID, GUID] })).toEqual(
      [GUID, GUID].map((one) => one.replace('40-', '41-')),
    );
  });

  it('times', async () => {
    expect(await result('AddSeconds', { time: '2026-11-29T04:05:06.7Z', seconds: 60 })).toBe(
      '2026-11-29T04:06:06.7000000Z',
    );
    expect(await result('NextYear', { time: '2026-11-29T04:05:06.789' })).toBe('2027-11-29T04:05:06.789');
    expect(await result('NextYear', { time: '9999-01-01T00:00:00' })).toMatchObject({ wYear: 10_000 });
  });

  it('addresses, by value as well', async () => {
    expect(await result('NextAddress', { address: '192.0.2.255' })).toBe('192.0.3.0');
    expect(await result('AddressText', { address: '2001:db8::1' })).toBe('2001:db8::1');
    expect(await result('RowOf', { address: '192.0.2.7', id: GUID, time: '1970-01-01T00:00:00Z' })).toEqual({
      address: '192.0.2.7',
      id: GUID,
      time: '1970-01-01T00:00:00.0000000Z',
    });
  });

  it('endpoints with their length', async () => {
    for (const name of ['192.0.2.1:443', '[2001:db8::1]:65535', '[fe80::1%3]:0'])
      expect(await result('EndpointText', { name })).toBe(name);
    expect(await result('GetEndpoint', { isLong: 0 })).toBe('127.0.0.1:8080');
    expect(await result('GetEndpoint', { isLong: 1 })).toBe('[::1]:8080');
    expect(await result('GetEndpoint', { isLong: 2 })).toBeNull();
    expect(await result('GetPair', { from: { Address: '10.0.0.1:1' } })).toEqual({ Address: '10.0.0.1:1' });
    expect(await result('GetPair', { from: { Address: '[::2]:2' } })).toEqual({ Address: '[::2]:2' });
  });

  it('SIDs: given, in memory of the caller, allocated, and returned', async () => {
    const texts = [
      'S-1-5-32-544',
      'S-1-0',
      'S-1-5-21-1-2-3-4294967295',
      `S-1-5${'-7'.repeat(15)}`,
      'S-1-0xFFFFFFFFFFFF-1',
    ];
    for (const Sid of texts) {
      expect(await result('CopySid', { Sid })).toBe(Sid);
      expect(await result('DuplicateSid', { Sid })).toBe(Sid);
      expect(await result('SidOf', { Sid })).toBe(Sid);
    }
    expect(await result('Outstanding')).toBe(0);
    expect(await result('SidOf', { Sid: 'S-1-5-9' })).toBe('S-1-5-9');
    expect(await replyOf(bridge, 'CopySid', { Sid: 'BA' })).toHaveProperty('error.data.id', 'InvalidParameter');
  });

  it('in memory of a fixed size, of which nothing is left undefined', async () => {
    expect(await result('FixedSid', { parts: 15 })).toBe(`S-1-5${'-4294967295'.repeat(15)}`);
    expect(await result('FixedSid', { parts: 0 })).toBe('S-1-5');
    expect(await result('EndpointSum', { name: '1.2.3.4:5' })).toBe(15);
    expect(await result('EndpointSum', { name: '[::1]:5' })).toBe(6);
  });

  it('the long form of the definition is valid, too', () => {
    const long = JSON.stringify(canonicalDefinition(STANDARD).value);
    expect(validateDefinitionText(long).mistakes).toEqual([]);
  });

  it('any SID comes back', async () => {
    const parts = fc.array(fc.integer({ min: 0, max: 0xffff_ffff }), { maxLength: 15 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 0xffff_ffff }), parts, async (authority, all) => {
        const Sid = ['S-1', authority, ...all].join('-');
        expect(await result('CopySid', { Sid })).toBe(Sid);
      }),
      { numRuns: 200 },
    );
  });

  it('an endpoint of the library tells its size: the addresses of the network', async () => {
    const definition = {
      name: 'Interfaces',
      library: { linux: 'libc.so.6' },
      types: [
        'struct ifaddrs { [next] struct ifaddrs *ifa_next; char *ifa_name; unsigned int ifa_flags; struct sockaddr *ifa_addr; struct sockaddr *ifa_netmask; struct sockaddr *ifa_ifu; void *ifa_data; };',
      ],
      functions: [
        '[fails(minusOne, errno), returns(none)] int getifaddrs([out, allocated(freeifaddrs), value] struct ifaddrs **ifap);',
        'void freeifaddrs([in, value] void *ifa);',
      ],
      cmdlets: { 'Get-InterfaceAddress': 'getifaddrs' },
    };
    const file = path.join(library.directory, 'interfaces.json');
    writeFileSync(file, JSON.stringify(definition));
    const loaded = await loadDefinition(file);
    const own = createBridge({ definition: loaded, backend: createNativeBackend({ definition: loaded }) });
    const { result } = (await replyOf(own, 'getifaddrs', {})) as unknown as {
      result: { ifap: { ifa_addr: string | null }[] };
    };
    const given = result.ifap.map((one) => one.ifa_addr ?? '');
    for (const { address, family, scopeid } of Object.values(networkInterfaces()).flatMap((all) => all ?? [])) {
      const scope = scopeid ? `%${scopeid}` : '';
      expect(given).toContain(family === 'IPv4' ? `${address}:0` : `[${address}${scope}]:0`);
    }
  });

  it('an optional one that is not given is NULL', async () => {
    expect(await result('OptionalGuid')).toBe('none');
    expect(await result('OptionalGuid', { id: GUID })).toBe(GUID);
  });
});

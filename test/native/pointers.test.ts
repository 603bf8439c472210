/** Memory of the library: texts and pointers in structs, returned structs, allocated memory, linked lists. */

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Bridge, createBridge } from '../../src/bridge/bridge.js';
import { loadDefinition } from '../../src/definition/load.js';
import { createNativeBackend } from '../../src/native/backend.js';
import { buildStandIn, compileLibrary } from '../standin/build.js';
import { ACCOUNTS, POINTERS, POINTERS_SHORT } from '../support/pointers.js';
import { scratchDirectory } from './support.js';

function definitionFile(source: { readonly name: string }): string {
  const file = path.join(scratchDirectory(), `${source.name}.json`);
  writeFileSync(file, JSON.stringify(source));
  return file;
}

async function bridgeOver(source: { readonly name: string }, libraryPath?: string): Promise<Bridge> {
  const definition = await loadDefinition(definitionFile(source));
  return createBridge({ definition, backend: createNativeBackend({ definition, libraryPath }) });
}

type Answer = { result?: Record<string, unknown> | null; error?: { message: string; data: Record<string, unknown> } };

const callOf =
  (bridge: Bridge) =>
  (method: string, params: Record<string, unknown> = {}) =>
    bridge.handle({ jsonrpc: '2.0', id: 1, method, params: params as Record<string, string> }) as unknown as Answer;

const base64 = (...bytes: number[]) => Buffer.from(bytes).toString('base64');
describe.each([
  ['long', POINTERS, 100],
  ['short', POINTERS_SHORT, 65_536],
])('in the %s form', async (_form, source, limit) => {
  const call = callOf(await bridgeOver(source, buildStandIn()));
  const value = (method: string, params?: Record<string, unknown>) =>
    Object.values(call(method, params).result ?? {})[0];
  const outstanding = () => value('PointersOutstanding');

  it('reads the texts and the counted memory of a struct that the function wrote', () => {
    expect(value('PointersFill', { index: 3 })).toEqual({ name: 'Grüße', bytes: base64(1, 2, 3), wide: 'wü' });
    expect(value('PointersFill', { index: 1 })).toEqual({ name: null, bytes: base64(1), wide: 'wü' });
    expect(value('PointersFill', { index: 0 })).toEqual({ name: 'Grüße', bytes: null, wide: 'wü' });
  });

  it('makes the memory of a struct that is given, and sets its count', () => {
    const sum = (given: unknown) => call('PointersSum', { row: given });
    expect(sum({ name: 'abc', bytes: base64(1, 2, 250), wide: 'x' }).result).toEqual({ Value: 553 });
    expect(sum({ bytes: '', wide: '' }).result).toEqual({ Value: 1000 });
    expect(sum({ name: null, bytes: '', wide: '' }).result).toEqual({ Value: 1000 });
    expect(sum({ name: 'a', bytes: null, wide: '' }).error?.data).toMatchObject({ id: 'InvalidParameter' });
    expect(sum({ name: 'a', bytes: '', wide: '', count: 9 }).error?.message).toMatch(/has no field 'count'/);
  });

  it('reads a struct that is returned; NULL is null', () => {
    expect(value('PointersRow', { index: 2 })).toEqual({ name: 'Grüße', bytes: base64(1, 2), wide: 'wü' });
    expect(call('PointersRow', { index: 6 })).toMatchObject({ result: { Value: null } });
  });

  it('copies and frees what the function allocates, also if the call fails', () => {
    for (let round = 0; round < 1_000; round += 1) {
      const rows = value('PointersRows', { wanted: round % 4, code: 0 }) as unknown[];
      expect(rows).toHaveLength(round % 4);
      expect(call('PointersRows', { wanted: 2, code: 5 }).error?.data).toMatchObject({ win32: 5 });
      expect(call('PointersRows', { wanted: 2, code: 234 }).error?.data).toMatchObject({ win32: 234 });
      expect(value('PointersText', { length: round % 100 })).toBe('x'.repeat(round % 100));
      expect(value('PointersText', { length: 101 })).toBeNull();
      expect(call('PointersTextOut', { length: (round % 3) * 50 })).toHaveProperty(
        round % 3 === 2 ? 'error' : 'result',
      );
      expect(call('PointersList', { length: 3, isEndless: 1 }).error?.data).toMatchObject({ id: 'OutputInvalid' });
    }
    expect(outstanding()).toBe(0);
  });

  it('makes a linked list a flat array, up to its limit', () => {
    const list = (length: number) => call('PointersList', { length, isEndless: 0 });
    expect(Object.values(list(2).result ?? {})[0]).toEqual([
      { number: 0, label: 'node' },
      { number: 1, label: 'node' },
    ]);
    expect(list(0).result).toEqual({ Value: null });
    expect(Object.values(list(limit).result ?? {})[0]).toHaveLength(limit);
    expect(list(limit + 1).error?.message).toContain(`a linked list of the function has more than ${limit} elements`);
    expect(call('PointersList', { length: 3, isEndless: 1 }).error?.message).toMatch(/contains a cycle/);
    expect(outstanding()).toBe(0);
  });

  it('gives one element of a list as a list of one', () => {
    expect(value('PointersFollow', { first: { number: 1, label: 'abc' } })).toBe(3);
  });

  it('reads a linked list in memory that it gave, which grows', () => {
    const into = (length: number, way = 0) => call('PointersListInto', { length, way });
    expect(into(2).result).toEqual({
      memory: [
        { number: 0, label: 'label' },
        { number: 1, label: 'label' },
      ],
    });
    expect(into(0).result).toEqual({ memory: [] });
    expect((into(5_000).result as { memory: unknown[] }).memory).toHaveLength(5_000);
    expect(into(3, 2).error?.message).toMatch(/a pointer or a count in memory is outside the memory/);
    expect(into(3, 3).error?.message).toMatch(/contains a cycle/);
  });

  it('reads structs in front of what they point to', () => {
    const services = (length: number, way = 0) => call('PointersServices', { length, way });
    expect(services(2).result).toEqual({
      memory: [
        { name: 'servica', state: 0 },
        { name: 'servicb', state: 1 },
      ],
    });
    expect((services(1_000).result as { memory: unknown[] }).memory).toHaveLength(1_000);
    expect(services(3, 2).error?.data).toMatchObject({ id: 'OutputInvalid' });
  });
});

describe.skipIf(process.platform !== 'linux')('libc', async () => {
  const call = callOf(await bridgeOver(ACCOUNTS));
  const value = (method: string, params?: Record<string, unknown>) =>
    Object.values(call(method, params).result ?? {})[0];

  it('knows root, and the account of this process, as the system does', () => {
    for (const id of [0, process.getuid?.() ?? 0]) {
      const [name, password, uid, gid, gecos, home, shell] = execFileSync('getent', ['passwd', String(id)], {
        encoding: 'utf8',
      })
        .trim()
        .split(':');
      expect(value('getpwuid', { uid: id })).toEqual({
        pw_name: name,
        pw_passwd: password,
        pw_uid: Number(uid),
        pw_gid: Number(gid),
        pw_gecos: gecos,
        pw_dir: home,
        pw_shell: shell,
      });
    }
  });

  it('says by the rule of the function that there is no account', async () => {
    expect(call('getpwuid', { uid: 4_000_000_001 }).result).toEqual({ Value: null });
    expect(call('getpwnam', { name: 'dllet-not-there' }).error?.message).toMatch(/getpwnam failed/);
    const returns = {
      type: { pointer: 'passwd' },
      failure: { when: 'zero', code: 'errno', absent: [0] },
      resultName: 'Account',
    };
    const prototype = 'struct passwd *getpwuid(uid_t uid);';
    const absent = callOf(
      await bridgeOver({
        ...ACCOUNTS,
        name: 'AbsentAccounts',
        functions: { getpwuid: { prototype, returns } },
        cmdlets: { 'Get-Account': 'getpwuid' },
      } as never),
    );
    expect(absent('getpwuid', { uid: 4_000_000_001 })).toMatchObject({ result: null });
    expect(absent('getpwuid', { uid: 0 }).result).toMatchObject({ Account: { pw_name: 'root' } });
  });

  it('breaks a time down, and copies a text that is freed by a function of the same library', () => {
    expect(value('gmtime', { t: '86400' })).toMatchObject({ tm_mday: 2, tm_year: 70, tm_zone: 'GMT' });
    expect(value('strdup', { s: 'Grüße' })).toBe('Grüße');
  });

  it('lists the interfaces of the network, which a function of the same library frees', () => {
    const names = (value('getifaddrs') as unknown as { ifa_name: string }[]).map((one) => one.ifa_name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(networkInterfaces())));
  });

  it('reads lists in a list in one buffer', async () => {
    const library = compileLibrary(
      scratchDirectory(),
      'nested',
      `#include <string.h>
       typedef struct address { struct address *next; int number; } address;
       typedef struct adapter { struct adapter *next; address *first; const char *name; } adapter;
       __attribute__((visibility("default"))) unsigned NestedList(adapter *all, unsigned *size) {
         unsigned had = *size;
         *size = 2 * sizeof(adapter) + 2 * sizeof(address) + 8;
         if (had < *size) return 111;
         address *addresses = (address *)(all + 2);
         char *name = (char *)(addresses + 2);
         strcpy(name, "eth");
         all[0] = (adapter){all + 1, addresses, name};
         all[1] = (adapter){0, 0, name};
         addresses[0] = (address){addresses + 1, 4};
         addresses[1] = (address){0, 6};
         return 0;
       }`,
    );
    const nested = callOf(
      await bridgeOver(
        {
          name: 'Nested',
          library: 'nested.dll',
          functions: [
            'struct address { [next] struct address *next; int number; };' +
              'struct adapter { [next] struct adapter *next; struct address *first; const char *name; };' +
              '[fails(nonzero, win32)] ULONG NestedList([out, bytes(size), grow(111), buffer(8, 65536)] struct adapter *all, [in, out] unsigned *size);',
          ],
          cmdlets: { 'Get-Nested': 'NestedList' },
        } as never,
        library,
      ),
    );
    expect(nested('NestedList').result).toEqual({
      all: [
        { first: [{ number: 4 }, { number: 6 }], name: 'eth' },
        { first: null, name: 'eth' },
      ],
    });
  });

  it('says which function is missing that would free', async () => {
    const functions = ['[allocated(not_there)] char *strdup(const char *s);'];
    const cmdlets = { 'Copy-Text': 'strdup' };
    const other = callOf(await bridgeOver({ ...ACCOUNTS, name: 'NoFree', functions, cmdlets } as never));
    expect(other('strdup', { s: 'x' }).error).toMatchObject({
      message: expect.stringContaining('does not export the function not_there'),
      data: { id: 'FunctionNotFound' },
    });
  });
});

it('reads arrays of texts that it was given, each in memory of its own', async () => {
  const library = compileLibrary(
    scratchDirectory(),
    'texts',
    `#include <string.h>
     __attribute__((visibility("default"))) int TextsLength(const char *const *texts, int count) {
       int sum = 0;
       for (int index = 0; index < count; index++) sum += (int)strlen(texts[index]);
       return sum;
     }`,
  );
  const call = callOf(
    await bridgeOver(
      {
        name: 'Texts',
        library: 'texts.dll',
        functions: {
          TextsLength: {
            parameters: [
              { name: 'texts', type: { array: 'LPCSTR', length: { parameter: 'count' } }, direction: 'in' },
              { name: 'count', type: 'LONG', direction: 'in' },
            ],
            returns: { type: 'LONG', resultName: 'Sum' },
          },
        },
        cmdlets: { 'Measure-Text': 'TextsLength' },
      } as never,
      library,
    ),
  );
  expect(call('TextsLength', { texts: ['a', 'Grüße', ''] }).result).toEqual({ Sum: 8 });
});

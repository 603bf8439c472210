/** Memory of the library: texts and pointers in structs, returned structs, allocated memory, linked lists. */

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createBridge } from '../../src/bridge/bridge.js';
import { loadDefinition } from '../../src/definition/load.js';
import { createNativeBackend } from '../../src/native/backend.js';
import { buildStandIn } from '../standin/build.js';
import { POINTERS } from '../support/pointers.js';
import { scratchDirectory } from './support.js';

function definitionFile(source: { readonly name: string }): string {
  const file = path.join(scratchDirectory(), `${source.name}.json`);
  writeFileSync(file, JSON.stringify(source));
  return file;
}

const definition = await loadDefinition(definitionFile(POINTERS));
const bridge = createBridge({
  definition,
  backend: createNativeBackend({ definition, libraryPath: buildStandIn() }),
});

type Answer = { result?: Record<string, unknown> | null; error?: { message: string; data: Record<string, unknown> } };

const call = (method: string, params: Record<string, unknown> = {}) =>
  bridge.handle({ jsonrpc: '2.0', id: 1, method, params: params as Record<string, string> }) as unknown as Answer;
const value = (method: string, params?: Record<string, unknown>) => Object.values(call(method, params).result ?? {})[0];

const base64 = (...bytes: number[]) => Buffer.from(bytes).toString('base64');
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
    expect(call('PointersTextOut', { length: (round % 3) * 50 })).toHaveProperty(round % 3 === 2 ? 'error' : 'result');
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
  expect(Object.values(list(100).result ?? {})[0]).toHaveLength(100);
  expect(list(101).error?.message).toMatch(/a linked list of the function has more than 100 elements/);
  expect(call('PointersList', { length: 3, isEndless: 1 }).error?.message).toMatch(/leads back to itself/);
  expect(outstanding()).toBe(0);
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
  expect(into(3, 2).error?.message).toMatch(/a pointer in memory leads out of the memory/);
  expect(into(3, 3).error?.message).toMatch(/leads back to itself/);
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

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import type { Definition } from '../../src/definition/types.js';
import { createNativeBackend, type NativeBackend } from '../../src/native/backend.js';
import { copyStandIn } from '../standin/build.js';
import { callNow, functionOf, probe, type StandInProbe, scratchDirectory } from './support.js';

/** Host port and the 16-bit value that the DLL must receive; written out by hand, not computed. */
const VECTORS: readonly (readonly [host: number, raw: number])[] = [
  [0x0000, 0x0000],
  [0x0001, 0x0100],
  [0x0035, 0x3500],
  [0x0050, 0x5000],
  [0x00ff, 0xff00],
  [0x0100, 0x0001],
  [0x0101, 0x0101],
  [0x01bb, 0xbb01],
  [0x0400, 0x0004],
  [0x0401, 0x0104],
  [0x1234, 0x3412],
  [0x1388, 0x8813],
  [0x139c, 0x9c13],
  [0x1f90, 0x901f],
  [0x8000, 0x0080],
  [0xc000, 0x00c0],
  [0xc350, 0x50c3],
  [0xcc57, 0x57cc],
  [0xff00, 0x00ff],
  [0xffff, 0xffff],
];

/** All values; on Windows, where a call of the stand-in opens files through Wine, one in seventeen. */
const STEP = process.platform === 'win32' ? 17 : 1;

/** The swap without bit operations: the two hexadecimal halves exchanged. */
function swapped(port: number): number {
  const hex = port.toString(16).padStart(4, '0');
  return Number.parseInt(hex.slice(2) + hex.slice(0, 2), 16);
}

describe('byte order at the native border', () => {
  const directory = scratchDirectory();
  let definition: Definition;
  let backend: NativeBackend;
  let standIn: StandInProbe;

  beforeAll(async () => {
    definition = await loadDefinition('PersistentPortReservation');
    const library = copyStandIn(directory);
    backend = createNativeBackend({ definition, libraryPath: library });
    standIn = probe(library);
  });

  it.each(VECTORS)('hands port %i over as %i', (host, raw) => {
    for (const fn of Object.values(definition.functions)) {
      standIn.reset();
      backend.call(fn, { StartPort: host, NumberOfPorts: 20 });
      expect([fn.name, standIn.rawStartPort(), standIn.numberOfPorts()]).toEqual([fn.name, raw, 20]);
      expect(raw).toBe(swapped(host));
    }
  });

  it('hands every port over in network order and leaves the count alone', () => {
    const fn = functionOf(definition, 'LookupPersistentUdpPortReservation');
    const wrong: number[] = [];
    for (let port = 1; port <= 65_535; port += STEP) {
      backend.call(fn, { StartPort: port, NumberOfPorts: 258 });
      if (standIn.rawStartPort() !== swapped(port) || standIn.numberOfPorts() !== 258) wrong.push(port);
    }
    expect(wrong).toEqual([]);
  });

  it('hands every count over in host order', () => {
    const fn = functionOf(definition, 'DeletePersistentTcpPortReservation');
    const wrong: number[] = [];
    for (let count = 0; count <= 65_535; count += STEP) {
      backend.call(fn, { StartPort: 5000, NumberOfPorts: count });
      if (standIn.numberOfPorts() !== count || standIn.rawStartPort() !== 34_835) wrong.push(count);
    }
    expect(wrong).toEqual([]);
  });

  it('is seen as well by a record that the library writes of itself', () => {
    const library = copyStandIn(path.join(directory, 'record'), { record: true });
    const recorded = createNativeBackend({ definition, libraryPath: library });
    for (const fn of Object.values(definition.functions)) recorded.call(fn, { StartPort: 5000, NumberOfPorts: 20 });
    const names = Object.keys(definition.functions);
    expect(readFileSync(`${library}.record`, 'utf8')).toBe(names.map((name) => `${name} 34835 20\n`).join(''));
  });

  it('reserves the block that was asked for, not its mirror', () => {
    const library = copyStandIn(path.join(directory, 'state'), { state: '' });
    const shared = createNativeBackend({ definition, libraryPath: library });
    const create = functionOf(definition, 'CreatePersistentUdpPortReservation');
    const { outputs } = callNow(shared, create, { StartPort: 5000, NumberOfPorts: 20 });
    expect(readFileSync(`${library}.state`, 'utf8')).toBe(`udp 5000 20 ${outputs.Token}\n`);
  });
});

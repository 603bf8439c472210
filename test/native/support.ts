/** Helpers of the native tests: definitions, functions by name, scratch directories, thrown errors. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import koffi from 'koffi';
import { afterAll } from 'vitest';
import { DlletError } from '../../src/definition/errors.js';
import type { Backend, CallOutcome, NativeArguments } from '../../src/definition/execution.js';
import type { Definition, ExpandedFunction } from '../../src/definition/types.js';

/** The definition over the stand-in's functions of no DLL in particular. */
export const ANY_DLL = fileURLToPath(new URL('./fixtures/any-dll.definition.json', import.meta.url));

/** A function of a definition; throws when there is none of that name. */
export function functionOf(definition: Definition, name: string): ExpandedFunction {
  const fn = definition.functions[name];
  if (!fn) throw new Error(`no function ${name} in ${definition.name}`);
  return fn;
}

/** Calls a function that answers at once. */
export function callNow(backend: Backend, fn: ExpandedFunction, args: NativeArguments): CallOutcome {
  const outcome = backend.call(fn, args);
  if (outcome instanceof Promise) throw new Error(`${fn.name} did not answer at once`);
  return outcome;
}

/** An empty directory that is removed when the test file is done. */
export function scratchDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'dllet-native-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** The DlletError that an action throws; fails when it throws none. */
export function errorOf(action: () => unknown): DlletError {
  try {
    action();
  } catch (error) {
    if (error instanceof DlletError) return error;
    throw error;
  }
  throw new Error('expected a DlletError, but nothing was thrown');
}

/** The stand-in's own helpers, bound directly: what it received is asked without the code under test. */
export interface StandInProbe {
  readonly rawStartPort: () => number;
  readonly numberOfPorts: () => number;
  readonly setNextToken: (token: bigint) => number;
  readonly reset: () => number;
}

/** A probe of a loaded copy: the same path is the same library, with the same memory. */
export function probe(library: string): StandInProbe {
  const handle = koffi.load(library);
  return {
    rawStartPort: handle.func('StandinLastRawStartPort', 'uint16', []),
    numberOfPorts: handle.func('StandinLastNumberOfPorts', 'uint16', []),
    setNextToken: handle.func('StandinSetNextToken', 'uint32', ['uint64']),
    reset: handle.func('StandinReset', 'uint32', []),
  };
}

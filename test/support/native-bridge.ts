/** A bridge over a test's own C library, from its source and a definition in the short form. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { type Bridge, createBridge } from '../../src/bridge/bridge.js';
import type { Json, Reply } from '../../src/bridge/messages.js';
import { loadDefinition } from '../../src/definition/load.js';
import type { Definition } from '../../src/definition/types.js';
import { createNativeBackend } from '../../src/native/backend.js';
import { compileLibrary } from '../standin/build.js';

export interface NativeLibrary {
  readonly directory: string;
  readonly definition: Definition;
  newBridge(): Bridge;
  /** Deletes the library. */
  remove(): void;
}

/**
 * Compiles the library that the definition names, into its own directory. In `definition`, the library is in the
 * module's folder.
 */
export async function nativeLibrary(source: string, definition: object): Promise<NativeLibrary> {
  const { library } = definition as { library: { linux: string } };
  const directory = mkdtempSync(path.join(tmpdir(), 'dllet-library-'));
  compileLibrary(directory, path.parse(library.linux).name, source);
  const file = path.join(directory, 'definition.json');
  writeFileSync(file, JSON.stringify(definition));
  const loaded = await loadDefinition(file);
  return {
    directory,
    definition: loaded,
    newBridge: () =>
      createBridge({ definition: loaded, backend: createNativeBackend({ definition: loaded, directory }) }),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** Returns the reply to one request. */
export const replyOf = async (bridge: Bridge, method: string, params: Json): Promise<Reply> =>
  (await bridge.handle({ jsonrpc: '2.0', id: 1, method, params })) as Reply;

/** The result of a call in a test. */
export interface Answer {
  readonly result?: Record<string, Json>;
  readonly error?: { readonly message: string; readonly data: Record<string, Json> };
}

/**
 * Compiles the library before the tests of a file, and deletes it after them. The tests call its functions through one
 * bridge.
 */
export function useNativeLibrary(source: string, definition: object) {
  let library: NativeLibrary;
  let bridge: Bridge;
  beforeAll(async () => {
    library = await nativeLibrary(source, definition);
    bridge = library.newBridge();
  });
  afterAll(() => library.remove());
  const call = async (method: string, params: Json = {}) =>
    (await replyOf(bridge, method, params)) as unknown as Answer;
  return {
    call,
    /** Returns the first result of a call that must not fail. */
    async value(method: string, params: Json = {}): Promise<Json | undefined> {
      const { result, error } = await call(method, params);
      expect(error).toBeUndefined();
      return Object.values(result ?? {})[0];
    },
  };
}

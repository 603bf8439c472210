/** A bridge over a C library of a test's own, from its source and a definition in the short form. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
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

/** Compiles the library that the definition names, into a directory of its own. `definition`: its library is in the module's folder. */
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

/** The method by which a module and its bridge find out that they belong together. */
import type { Backend } from '../definition/execution.js';
import type { Definition } from '../definition/types.js';
import type { Method } from './answer.js';

export const HANDSHAKE = 'dllet.handshake';

export interface HandshakeFacts {
  readonly definition: Definition;
  readonly backend: Backend;
  /** Absolute path of the library that calls go to; undefined where none is known. */
  readonly library: string | undefined;
  /** The module's program and what runs it. */
  readonly node: { readonly version: string; readonly path: string; readonly pid: number };
}

/** Answers with the definition's name and version, the backend, the library and the node in use. Takes no parameters. */
export function handshakeMethod({ definition, backend, library, node }: HandshakeFacts): Method {
  const result = {
    definition: definition.name,
    version: definition.version,
    backend: backend.name,
    library: library ?? null,
    node: node.version,
    nodePath: node.path,
    pid: node.pid,
  };
  return () => ({ result });
}

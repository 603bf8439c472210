/** The method by which a module verifies that the bridge belongs to it. */
import type { Backend } from '../definition/execution.js';
import type { Definition } from '../definition/types.js';
import type { Method } from './answer.js';

export const HANDSHAKE = 'dllet.handshake';

export interface HandshakeFacts {
  readonly definition: Definition;
  readonly backend: Backend;
  /** The absolute path of the called library; undefined if none is known. */
  readonly library: string | undefined;
  /** The module's program and its Node.js. */
  readonly node: { readonly version: string; readonly path: string; readonly pid: number };
}

/**
 * Answers with the definition's name and version, the backend, the library and the Node.js in use. Takes no parameters.
 */
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

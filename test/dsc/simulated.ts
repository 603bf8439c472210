/** The resources of the built-in definition over the simulated backend, in this process. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createBridge } from '../../src/bridge/bridge.js';
import { createProviders } from '../../src/cli/providers.js';
import { loadDefinition } from '../../src/definition/load.js';
import { callerOf } from '../../src/dsc/lazy-method.js';
import { type OperationRequest, runOperation } from '../../src/dsc/operations.js';
import type { Caller } from '../../src/dsc/resource.js';
import { createSimulatedBackend } from '../../src/extensions/port-reservation/simulation/backend.js';
import { temporaryDirectory } from '../support/directories.js';

export const definition = await loadDefinition('PersistentPortReservation');

export interface Simulated {
  readonly state: string;
  readonly call: Caller;
  /** Names of the functions that were called, in order. */
  readonly calls: string[];
  run(request: OperationRequest): ReturnType<typeof runOperation>;
  bytes(): string | undefined;
  /** `udp 5000 20`, sorted. */
  blocks(): string[];
}

export function simulatedResources({ unelevated = false } = {}): Simulated {
  const state = path.join(temporaryDirectory(), 'state.json');
  const backend = createSimulatedBackend({ stateFile: state, unelevated });
  const providers = createProviders(definition, backend, { backend: 'simulated', state });
  const bridge = createBridge({ definition, backend, providers });
  const plain = callerOf(
    (message) => bridge.handle(message),
    () => undefined,
  );
  const calls: string[] = [];
  const call: Caller = (method, params) => {
    calls.push(method);
    return plain(method, params);
  };
  const bytes = () => (existsSync(state) ? readFileSync(state, 'utf8') : undefined);
  return {
    state,
    call,
    calls,
    run: (request) => runOperation(definition, call, request),
    bytes,
    blocks: () => {
      const { reservations = [] } = JSON.parse(bytes() ?? '{}') as { reservations?: Record<string, unknown>[] };
      return reservations.map(({ pool, startPort, numberOfPorts }) => `${pool} ${startPort} ${numberOfPorts}`).sort();
    },
  };
}

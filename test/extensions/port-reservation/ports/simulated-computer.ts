/** A simulated computer with its own state, for the tests of queries about ports. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadDefinition } from '../../../../src/definition/load.js';
import { createPortsContext, type PortsContext } from '../../../../src/extensions/port-reservation/ports/context.js';
import type { Protocol } from '../../../../src/extensions/port-reservation/ports/types.js';
import { createSimulatedBackend } from '../../../../src/extensions/port-reservation/simulation/backend.js';
import { createSimulatedMachine } from '../../../../src/extensions/port-reservation/simulation/machine.js';
import { excludeInSimulation } from '../../../../src/extensions/port-reservation/simulation/manage.js';
import { createSimulatedRanges } from '../../../../src/extensions/port-reservation/simulation/ranges.js';
import { closeLater } from './use-support.js';

export interface SimulatedComputer {
  readonly context: PortsContext;
  readonly stateFile: string;
  /** The return value of the create function: 0, or what is wrong. */
  reserve(protocol: Protocol, startPort: number, numberOfPorts: number): Promise<number>;
  exclude(protocol: Protocol, startPort: number, numberOfPorts: number, administered: boolean): Promise<void>;
}

export async function simulatedComputer(): Promise<SimulatedComputer> {
  const definition = await loadDefinition('PersistentPortReservation');
  const directory = mkdtempSync(path.join(tmpdir(), 'dllet-ports-'));
  closeLater(() => rmSync(directory, { recursive: true, force: true }));
  const stateFile = path.join(directory, 'state.json');
  const backend = createSimulatedBackend({ stateFile });
  return {
    context: createPortsContext({
      definition,
      backend,
      ranges: createSimulatedRanges(stateFile),
      machine: createSimulatedMachine(stateFile),
    }),
    stateFile,
    async reserve(protocol, startPort, numberOfPorts) {
      const fn = definition.functions[`CreatePersistent${protocol}PortReservation`];
      if (!fn) throw new Error('the definition has changed');
      const outcome = await backend.call(fn, { StartPort: startPort, NumberOfPorts: numberOfPorts });
      return Number(outcome.returnValue);
    },
    async exclude(protocol, startPort, numberOfPorts, administered) {
      const pool = protocol === 'Tcp' ? 'tcp' : 'udp';
      await excludeInSimulation(stateFile, { pool, startPort, numberOfPorts, administered });
    },
  };
}

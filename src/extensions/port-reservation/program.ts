/** The extension's part of a module's program: the operations about ports, and the simulated reservations. */
import type { OperationProvider } from '../../bridge/operations.js';
import type { ProgramExtension, ProgramHost } from '../extension.js';
import type { PortsContext } from './ports/context.js';
import { PORTS_OPERATIONS } from './ports/operations.js';

export const program: ProgramExtension = {
  name: 'port-reservation',
  providers: {
    ports: {
      operations: PORTS_OPERATIONS,
      open: (host) => {
        let provider: Promise<OperationProvider> | undefined;
        return () => {
          provider ??= openProvider(host);
          return provider;
        };
      },
    },
  },
  simulate: async (options) => (await import('./simulation/backend.js')).createSimulatedBackend(options),
};

async function openProvider(host: ProgramHost): Promise<OperationProvider> {
  const { portsProvider } = await import('./ports/provider.js');
  let context: Promise<PortsContext> | undefined;
  return portsProvider(() => {
    context ??= createContext(host);
    return context;
  });
}

/**
 * Creates the context for the ranges of this machine, or of the simulated computer. In the simulation, the ports in use
 * are those of this machine and those that simulated processes hold.
 */
export async function createContext({ definition, backend, stateFile }: ProgramHost): Promise<PortsContext> {
  const { createPortsContext } = await import('./ports/context.js');
  if (backend.name === 'simulated') {
    const { createSimulatedMachine } = await import('./simulation/machine.js');
    const { createSimulatedRanges } = await import('./simulation/ranges.js');
    const file = await stateFile();
    const isElevated = backend.rights !== 'unelevated';
    const machine = createSimulatedMachine(file, { isElevated });
    return createPortsContext({ definition, backend, ranges: createSimulatedRanges(file), machine });
  }
  const [{ createNetshSource }, { readHttpUrls }, { windowsMachine }] = await Promise.all([
    import('./netsh/netsh.js'),
    import('./netsh/netsh-http.js'),
    import('./netsh/windows-machine.js'),
  ]);
  return createPortsContext({
    definition,
    backend,
    ranges: createNetshSource(),
    machine: windowsMachine(),
    httpUrls: () => readHttpUrls(),
  });
}

/** The parts of the program that answer operations, over the chosen backend. They load when they are first asked. */
import type { OperationProvider } from '../bridge/operations.js';
import type { Backend } from '../definition/execution.js';
import type { Definition } from '../definition/types.js';
import { diagnosisProvider } from '../diagnosis/provider.js';
import type { PortsContext } from '../extensions/port-reservation/ports/context.js';
import { portsProvider } from '../extensions/port-reservation/ports/provider.js';
import { type BackendOptions, stateFile } from './backend.js';

export function createProviders(
  definition: Definition,
  backend: Backend,
  options: BackendOptions,
): Readonly<Record<string, OperationProvider>> {
  let context: Promise<PortsContext> | undefined;
  return {
    ports: portsProvider(() => {
      context ??= createContext(definition, backend, options);
      return context;
    }),
    diagnosis: diagnosisProvider({ definition, backend: backend.name, libraryPath: options.library }),
  };
}

/** The machine's own ranges, or the simulated computer's; ports in use are always those of this machine. */
export async function createContext(
  definition: Definition,
  backend: Backend,
  options: BackendOptions,
): Promise<PortsContext> {
  const { createPortsContext } = await import('../extensions/port-reservation/ports/context.js');
  if (backend.name === 'simulated') {
    const { createSimulatedRanges } = await import('../extensions/port-reservation/simulation/ranges.js');
    return createPortsContext({ definition, backend, ranges: createSimulatedRanges(await stateFile(options.state)) });
  }
  const { createNetshSource } = await import('../extensions/port-reservation/netsh/netsh.js');
  return createPortsContext({ definition, backend, ranges: createNetshSource() });
}

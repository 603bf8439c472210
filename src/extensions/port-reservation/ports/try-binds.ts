/**
 * Binds ports. In the simulation, exclusions and ports in use of the simulated computer apply to the results as well.
 */
import type { PortFacts } from '../verdict/verdict-types.js';
import type { PortsContext } from './context.js';
import type { BindProbe, Protocol } from './types.js';

export interface BindAttempt {
  readonly protocol: Protocol;
  /** A literal local address. */
  readonly address: string;
  readonly facts: Omit<PortFacts, 'protocol'>;
  /** Called with the number of ports that were tried. */
  readonly progress?: ((done: number) => void) | undefined;
}

/** Binds each port and releases it. Rejects as `probeBind` does. */
export async function tryBinds(
  { isSimulated, machine }: Pick<PortsContext, 'isSimulated' | 'machine'>,
  ports: readonly number[],
  { protocol, address, facts, progress }: BindAttempt,
): Promise<BindProbe[]> {
  const { probeBind } = await import('./bind-probe.js');
  const probes = await probeBind(ports, { protocol, address, progress });
  if (!isSimulated) return probes;
  const held = new Set((await machine.held?.([protocol]))?.map(({ port }) => port));
  return (await refuseExcluded(probes, { protocol, ...facts })).map((probe) =>
    held.has(probe.port) ? { port: probe.port, outcome: 'failed', code: 'EADDRINUSE' } : probe,
  );
}

/**
 * This machine does not know simulated exclusions, so a bind that Windows would reject is changed to a failure here.
 */
async function refuseExcluded(probes: readonly BindProbe[], facts: PortFacts): Promise<BindProbe[]> {
  const { indexPorts } = await import('../verdict/verdict-index.js');
  const index = indexPorts(facts);
  return probes.map((probe) =>
    probe.outcome === 'bound' && index.rangesAt(probe.port).unstarred !== null
      ? { port: probe.port, outcome: 'failed', code: 'EACCES' }
      : probe,
  );
}

/** Changes of the simulated computer, as netsh and the service manager make them. */
import { DlletError } from '../../../definition/errors.js';
import { openStateFile } from '../../../simulation/state-file.js';
import { LAST_PORT } from '../ports/free-blocks.js';
import type { Machine, RangeChange, RangeWriter, ServiceControl } from '../ports/machine.js';
import { WINNAT } from '../ports/repair.js';
import { startNat, takenBlocks, withDynamicRange } from './exclusion-table.js';
import { blocksOverlap, compareBlocks, type PortBlock, poolOf } from './port-reservation.js';
import { type SimulatedExclusion, type SimulationState, STATE_FORMAT } from './state-format.js';

/**
 * The changes reject with the same errors as on Windows, and with DlletError for a state file that is damaged,
 * unreadable or not writable.
 */
export function createSimulatedMachine(
  stateFile: string,
  { isElevated = true }: { readonly isElevated?: boolean } = {},
): Machine {
  const file = openStateFile(stateFile, STATE_FORMAT);
  const change = async (apply: (state: SimulationState) => SimulationState): Promise<void> => {
    if (!isElevated) throw refused('The requested operation requires elevation (Run as administrator).');
    await file.update((state) => ({ state: apply(state), result: undefined }));
  };
  return {
    writer: writerOf(change),
    services: servicesOf(change, (look) => Promise.resolve(file.read(look))),
    isElevated: () => isElevated,
    async held(protocols) {
      const uses = await file.read((state) => state.uses ?? []);
      return protocols.flatMap((protocol) =>
        uses
          .filter(({ pool }) => pool === poolOf(protocol))
          .map(({ port, processId, processName }) => ({
            protocol,
            addressFamily: 'IPv4' as const,
            address: '0.0.0.0',
            port,
            state: protocol === 'Tcp' ? 'Listen' : null,
            processId,
            processName,
          })),
      );
    },
  };
}

type Change = (apply: (state: SimulationState) => SimulationState) => Promise<void>;

function writerOf(change: Change): RangeWriter {
  return {
    addExclusion: (wanted) =>
      change((state) => {
        const exclusion = exclusionOf(wanted);
        if (wanted.startPort + wanted.numberOfPorts - 1 > LAST_PORT) throw refused('The parameter is incorrect.');
        if (takenBlocks(state).some((one) => blocksOverlap(one, exclusion))) throw refused(IN_USE);
        return { ...state, exclusions: [...(state.exclusions ?? []), exclusion].sort(compareBlocks) };
      }),
    deleteExclusion: (wanted) =>
      change((state) => {
        const exclusions = state.exclusions ?? [];
        const exclusion = exclusionOf(wanted);
        const left = exclusions.filter((one) => !(one.administered && isSame(one, exclusion)));
        if (left.length === exclusions.length) throw refused('The system cannot find the file specified.');
        return { ...state, exclusions: left };
      }),
    setDynamicRange: ({ protocol, startPort, numberOfPorts }) =>
      change((state) => withDynamicRange(state, poolOf(protocol), { startPort, numberOfPorts })),
  };
}

/** Windows NAT is the only service of the simulated computer. */
function servicesOf(change: Change, read: <T>(look: (state: SimulationState) => T) => Promise<T>): ServiceControl {
  return {
    state: (service) =>
      read(({ isNatStopped }) => {
        if (service !== WINNAT) return 'absent';
        return isNatStopped ? 'stopped' : 'running';
      }),
    stop: () => change((state) => ({ ...state, isNatStopped: true })),
    start: () => change(startNat),
    pause: async () => {},
  };
}

function exclusionOf({ protocol, startPort, numberOfPorts, store }: RangeChange): SimulatedExclusion {
  const block = { pool: poolOf(protocol), startPort, numberOfPorts, administered: true };
  return store === 'Active' ? { ...block, activeOnly: true } : block;
}

function isSame(one: PortBlock, other: PortBlock): boolean {
  return one.pool === other.pool && one.startPort === other.startPort && one.numberOfPorts === other.numberOfPorts;
}

/** The text of error 32, as netsh prints it. */
const IN_USE = 'The process cannot access the file because it is being used by another process.';

function refused(printed: string): DlletError {
  return new DlletError({
    id: 'NetshFailed',
    category: 'ResourceUnavailable',
    message: `netsh did not answer: it ended with exit status 1. It printed: "${printed}"`,
    recommendedAction: 'To see the simulated computer, run dllet simulation show.',
    data: { exitStatus: 1, output: printed },
  });
}

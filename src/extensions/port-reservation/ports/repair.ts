/**
 * Takes a port back from Windows NAT (WinNAT): stops the service, which releases its blocks, excludes the port, and
 * starts the service again, which then takes other blocks.
 */
import { DlletError, messageOf } from '../../../definition/errors.js';
import { ADDRESS_FAMILIES, type PortsContext } from './context.js';
import { addExclusion, type Exclusion } from './exclusions.js';
import type { ServiceControl, ServiceState } from './machine.js';
import { isOrAre, lacksElevation, rangeWords } from './range-words.js';
import type { ExcludedRange } from './types.js';

export const WINNAT = 'winnat';

/** A step that was taken, or that was not necessary. */
export interface RepairStep {
  readonly step: 'StopService' | 'Exclude' | 'StartService';
  /** The service, or the ports. */
  readonly target: string;
  readonly result: 'Done' | 'NotNeeded';
  readonly detail: string;
}

/**
 * Excludes a range that Windows NAT may hold, across restarts. Stops Windows NAT only if the range overlaps an
 * exclusion that is not administered, and always starts it again. Rejects with DlletError: `AccessDenied` before
 * anything is stopped, `PortRangeInUse`, `NetshFailed`, `ServiceFailed`.
 */
export async function repairExclusion(context: PortsContext, exclusion: Exclusion): Promise<RepairStep[]> {
  const { machine } = context;
  const block = await blockOver(context, exclusion);
  if (!block) {
    await addExclusion(context, { ...exclusion, store: 'Persistent', allowsExisting: true });
    const detail = 'Windows NAT did not need to be stopped.';
    return [
      { step: 'StopService', target: WINNAT, result: 'NotNeeded', detail },
      excluded(exclusion),
      { step: 'StartService', target: WINNAT, result: 'NotNeeded', detail: 'It was not stopped.' },
    ];
  }
  if ((await context.reservations([block])).length > 0) throw isReservation(block);
  if (!machine.isElevated()) throw lacksElevation('Stopping Windows NAT and excluding a port');
  const state = await machine.services.state(WINNAT);
  if (state === 'absent' || state === 'stopped') throw notWinnat(block, state);
  const whileStopped = async (): Promise<void> => {
    const left = await blockOver(context, exclusion);
    if (left) throw notReleased(left);
    await addExclusion(context, { ...exclusion, store: 'Persistent', allowsExisting: true });
  };
  await withServiceStopped(context, whileStopped);
  return [
    { step: 'StopService', target: WINNAT, result: 'Done', detail: `It released ${rangeWords(block)}.` },
    excluded(exclusion),
    { step: 'StartService', target: WINNAT, result: 'Done', detail: 'It now takes other ports.' },
  ];
}

/**
 * Starts the service again after success and after failure. Also after a failed stop, which may have stopped it all the
 * same.
 */
async function withServiceStopped({ machine: { services } }: PortsContext, work: () => Promise<void>): Promise<void> {
  let failure: unknown;
  try {
    await services.stop(WINNAT);
    await work();
  } catch (error) {
    failure = error;
  }
  try {
    await startAgain(services);
  } catch (error) {
    throw notStarted(error, failure);
  }
  if (failure !== undefined) throw andRuns(failure);
}

/**
 * Waits and retries: a stop may still be in progress after net.exe gave up waiting, and a service that has just stopped
 * may refuse its first start.
 */
async function startAgain(services: ServiceControl): Promise<void> {
  const look = () => services.state(WINNAT).catch((): ServiceState => 'stopped');
  let state = await look();
  for (let looks = 0; state === 'stopping' && looks < LOOKS; looks += 1) {
    await services.pause();
    state = await look();
  }
  if (state === 'running') return;
  await services.start(WINNAT).catch(async (error: unknown) => {
    await services.pause();
    if ((await look()) === 'running') return;
    await services.start(WINNAT).catch(() => Promise.reject(error));
  });
}

/** The number of attempts: ten seconds, with the default pause. */
const LOOKS = 20;

/** The first unadministered exclusion that overlaps the range. */
async function blockOver({ ranges }: PortsContext, exclusion: Exclusion): Promise<ExcludedRange | undefined> {
  const { protocol, startPort, numberOfPorts } = exclusion;
  const tables = await Promise.all(
    ADDRESS_FAMILIES.map((addressFamily) => ranges.excludedRanges({ protocol, addressFamily, store: 'Active' })),
  );
  const isOver = (row: ExcludedRange) => row.startPort < startPort + numberOfPorts && startPort <= row.endPort;
  return tables.flat().find((row) => !row.administered && isOver(row));
}

function excluded(exclusion: Exclusion): RepairStep {
  const detail = 'Windows NAT no longer takes it, also after restarts. A program can bind it by number.';
  return { step: 'Exclude', target: rangeWords(exclusion), result: 'Done', detail };
}

function isReservation(block: ExcludedRange): DlletError {
  const { protocol, startPort, endPort } = block;
  return new DlletError({
    id: 'PortRangeInUse',
    category: 'ResourceBusy',
    message: `${rangeWords(block)} ${isOrAre(block)} a persistent reservation, not a block of Windows NAT. Nothing was changed.`,
    recommendedAction: `If nobody needs the reservation, end it: Remove-Persistent${protocol}PortReservation ${startPort} ${endPort - startPort + 1}. Then exclude the port with New-ExcludedPortRange.`,
  });
}

function notWinnat(block: ExcludedRange, state: string): DlletError {
  const why = state === 'absent' ? 'is not installed' : 'is not running';
  return new DlletError({
    id: 'PortRangeInUse',
    category: 'ResourceBusy',
    message: `${rangeWords(block)} ${isOrAre(block)} not held by Windows NAT, which ${why}. Nothing was changed.`,
    recommendedAction: `To see what likely holds it, run Test-PortBinding -Port ${block.startPort} -Protocol ${block.protocol}.`,
    data: { service: WINNAT },
  });
}

function notReleased(block: ExcludedRange): DlletError {
  return new DlletError({
    id: 'PortRangeInUse',
    category: 'ResourceBusy',
    message:
      `${rangeWords(block)} ${isOrAre(block)} still held after Windows NAT was stopped, so something else holds ` +
      `${block.startPort === block.endPort ? 'it' : 'them'}. Nothing was excluded.`,
    recommendedAction: `To see what likely holds it, run Test-PortBinding -Port ${block.startPort} -Protocol ${block.protocol}. It may be HTTP.sys.`,
  });
}

/** Adds to the error that the service runs again. */
function andRuns(failure: unknown): unknown {
  if (!(failure instanceof DlletError)) return failure;
  const { id, category, message, recommendedAction, data } = failure;
  return new DlletError({
    id,
    category,
    message: `${message} Windows NAT is running.`,
    recommendedAction,
    data,
    cause: failure,
  });
}

function notStarted(cause: unknown, before: unknown): DlletError {
  const earlier = before === undefined ? '' : ` Before that: ${messageOf(before)}`;
  return new DlletError({
    id: 'ServiceFailed',
    category: 'ResourceUnavailable',
    message: `Windows NAT was stopped and could not be started again: ${messageOf(cause)}${earlier}`,
    recommendedAction: `Start it in an elevated session: net start ${WINNAT}. Until then, containers and WSL have no network access through NAT.`,
    data: { service: WINNAT },
    cause,
  });
}

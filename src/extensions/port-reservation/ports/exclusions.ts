/**
 * Adds and removes administered exclusions: ranges that automatic assignment skips, while a program can still bind one
 * of their ports by number. A range is added for IPv4 and IPv6. It is not documented whether the two share a table, so
 * each table is read again before it is changed.
 */
import { DlletError } from '../../../definition/errors.js';
import { ADDRESS_FAMILIES, type PortsContext } from './context.js';
import type { RangeChange } from './machine.js';
import { isOrAre, lacksElevation, rangeWords } from './range-words.js';
import type { ExcludedRange, Protocol, Store } from './types.js';

export interface Exclusion {
  readonly protocol: Protocol;
  readonly startPort: number;
  readonly numberOfPorts: number;
}

/** The stores to change. A persistent change only applies after a restart, so the active store is changed as well. */
const STORES: Readonly<Record<Store, readonly Store[]>> = { Active: ['Active'], Persistent: ['Persistent', 'Active'] };

/**
 * Excludes a range in the store and returns its rows as read afterwards. If the range is already excluded, rejects with
 * `PortRangeInUse` unless `allowsExisting`. Rejects with DlletError: `AccessDenied`, `PortRangeInUse`, `NetshFailed`.
 */
export async function addExclusion(
  context: PortsContext,
  { store, allowsExisting, ...exclusion }: Exclusion & { readonly store: Store; readonly allowsExisting: boolean },
): Promise<ExcludedRange[]> {
  const stores = STORES[store];
  let isNew = false;
  for (const change of changesOf(exclusion, stores)) {
    if (await isListed(context, change)) continue;
    isNew = true;
    await context.machine.writer.addExclusion(change).catch(async (error: unknown) => {
      throw await explained(context, change, error);
    });
  }
  if (!isNew && !allowsExisting) throw alreadyExcluded(exclusion);
  const rows = await findExclusion(context, { ...exclusion, store });
  if (rows.length === 0) throw notListed(exclusion);
  return rows;
}

/**
 * Removes a range, given exactly, from the store, or from both. Rejects with DlletError: `ExclusionNotFound`,
 * `ExclusionNotAdministered` for a range that a service took, `AccessDenied`, `NetshFailed`.
 */
export async function removeExclusion(
  context: PortsContext,
  { store, ...exclusion }: Exclusion & { readonly store?: Store | undefined },
): Promise<void> {
  const stores: readonly Store[] = store === undefined ? ['Persistent', 'Active'] : [store];
  const changes = changesOf(exclusion, stores);
  let found = false;
  for (const change of changes) {
    if (!(await isListed(context, change))) continue;
    found = true;
    await context.machine.writer.deleteExclusion(change).catch((error: unknown) => {
      throw isUnelevated(context, error) ? lacksElevation(WHAT, error) : error;
    });
  }
  if (!found) throw notFound(exclusion, await overlapping(context, exclusion));
}

/** The rows of exactly this administered range, one for each address family that lists it. */
export async function findExclusion(
  context: PortsContext,
  { store, ...exclusion }: Exclusion & { readonly store: Store },
): Promise<ExcludedRange[]> {
  const rows = await Promise.all(changesOf(exclusion, [store]).map((change) => tableOf(context, change)));
  return rows.flat().filter((row) => isExactly(row, exclusion));
}

function changesOf(exclusion: Exclusion, stores: readonly Store[]): RangeChange[] {
  return stores.flatMap((store) => ADDRESS_FAMILIES.map((addressFamily) => ({ ...exclusion, addressFamily, store })));
}

function tableOf({ ranges }: PortsContext, { protocol, addressFamily, store }: RangeChange): Promise<ExcludedRange[]> {
  return ranges.excludedRanges({ protocol, addressFamily, store });
}

async function isListed(context: PortsContext, change: RangeChange): Promise<boolean> {
  return (await tableOf(context, change)).some((row) => isExactly(row, change));
}

const lastPort = ({ startPort, numberOfPorts }: Exclusion) => startPort + numberOfPorts - 1;

function isExactly(row: ExcludedRange, exclusion: Exclusion): boolean {
  return row.administered && row.startPort === exclusion.startPort && row.endPort === lastPort(exclusion);
}

/** The rows of both families and both stores that share a port with the range. */
async function overlapping(context: PortsContext, exclusion: Exclusion): Promise<ExcludedRange[]> {
  const tables = await Promise.all(
    changesOf(exclusion, ['Active', 'Persistent']).map((change) => tableOf(context, change).catch(() => [])),
  );
  return tables.flat().filter((row) => row.startPort <= lastPort(exclusion) && exclusion.startPort <= row.endPort);
}

const WHAT = 'Creating or removing an exclusion';

/** netsh reports the cause in the display language only, so it is determined from the tables. */
async function explained(context: PortsContext, exclusion: Exclusion, error: unknown): Promise<unknown> {
  if (!isNetshFailure(error)) return error;
  if (isUnelevated(context, error)) return lacksElevation(WHAT, error);
  const rows = await overlapping(context, exclusion);
  // Rows that this call has already added, for another store or address family, are not the cause.
  const row = rows.find((one) => !isExactly(one, exclusion));
  if (row) return row.administered ? overExclusion(exclusion, row, error) : overHeld(exclusion, row, error);
  const uses = await context
    .uses({ protocols: [exclusion.protocol], addressFamilies: ADDRESS_FAMILIES })
    .catch(() => []);
  const use = uses.find(({ port }) => exclusion.startPort <= port && port <= lastPort(exclusion));
  if (!use) return rows.length > 0 ? inPart(exclusion, rows, error) : error;
  const holder = use.processName ?? `process ${use.processId}`;
  const which = exclusion.numberOfPorts === 1 ? 'it is' : `port ${use.port} is`;
  const advice = `Stop ${holder}, and run the command again. A port that a program uses cannot be excluded.`;
  return inTheWay(exclusion, `${which} in use (${holder})`, advice, error);
}

const isNetshFailure = (error: unknown): error is DlletError =>
  error instanceof DlletError && error.id === 'NetshFailed';

const isUnelevated = ({ machine }: PortsContext, error: unknown) => isNetshFailure(error) && !machine.isElevated();

/** True if one of the tables has the exclusion. */
function inPart(exclusion: Exclusion, rows: readonly ExcludedRange[], cause: DlletError): DlletError {
  const families = [...new Set(rows.map(({ addressFamily }) => addressFamily))].join(' and ');
  const { protocol, startPort, numberOfPorts } = exclusion;
  return new DlletError({
    id: cause.id,
    category: cause.category,
    message: `${rangeWords(exclusion)} ${isOrAre(exclusion)} excluded only in part (${families}): ${cause.message}`,
    recommendedAction:
      `${cause.recommendedAction} When the cause is gone, run the command again, or undo what was done: ` +
      `Remove-ExcludedPortRange ${startPort} ${numberOfPorts} -Protocol ${protocol}.`,
    data: cause.data,
    cause,
  });
}

function overExclusion(exclusion: Exclusion, row: ExcludedRange, cause: DlletError): DlletError {
  const { protocol, startPort, endPort } = row;
  const isInside = startPort <= exclusion.startPort && lastPort(exclusion) <= endPort;
  const advice =
    (isInside ? 'You have nothing to do: a program that binds the port by number gets it. ' : '') +
    `For other limits, first remove that range: Remove-ExcludedPortRange ${startPort} ${endPort - startPort + 1} ` +
    `-Protocol ${protocol}.`;
  return inTheWay(exclusion, `${named(row, exclusion)} already excluded`, advice, cause);
}

function overHeld(exclusion: Exclusion, row: ExcludedRange, cause: DlletError): DlletError {
  const { protocol, startPort, numberOfPorts } = exclusion;
  const count = numberOfPorts === 1 ? '' : ` -NumberOfPorts ${numberOfPorts}`;
  const reason = 'held by Windows, by a reservation or by a service such as Windows NAT (WinNAT)';
  return inTheWay(
    exclusion,
    `${named(row, exclusion)} ${reason}`,
    `To see what likely holds it, run Test-PortBinding -Port ${Math.max(startPort, row.startPort)} -Protocol ${protocol}. ` +
      `If it is Windows NAT, run Repair-PortExclusion -Port ${startPort}${count} -Protocol ${protocol}.`,
    cause,
  );
}

/** The row as the subject of a clause behind the range: `it is`, or `TCP port 80 is`. */
function named(row: ExcludedRange, exclusion: Exclusion): string {
  if (row.startPort !== exclusion.startPort || row.endPort !== lastPort(exclusion))
    return `${rangeWords(row)} ${isOrAre(row)}`;
  return exclusion.numberOfPorts === 1 ? 'it is' : 'they are';
}

function inTheWay(exclusion: Exclusion, reason: string, recommendedAction: string, cause?: unknown): DlletError {
  return new DlletError({
    id: 'PortRangeInUse',
    category: 'ResourceBusy',
    message: `${rangeWords(exclusion)} cannot be excluded: ${reason}.`,
    recommendedAction,
    data: { ...exclusion },
    cause,
  });
}

function alreadyExcluded(exclusion: Exclusion): DlletError {
  return new DlletError({
    id: 'PortRangeInUse',
    category: 'ResourceExists',
    message: `${rangeWords(exclusion)} ${isOrAre(exclusion)} already excluded as this exact range.`,
    recommendedAction:
      'You have nothing to do. To get the existing range instead of this error, use -PassThruExisting.',
    data: { ...exclusion },
  });
}

function notListed(exclusion: Exclusion): DlletError {
  return new DlletError({
    id: 'NetshFailed',
    category: 'InvalidResult',
    message: `netsh reported success, but no table lists ${rangeWords(exclusion)} as an administered exclusion.`,
    recommendedAction: 'To see what is excluded, use Get-ExcludedPortRange with -Store Active and -Store Persistent.',
    data: { ...exclusion },
  });
}

function notFound(exclusion: Exclusion, near: readonly ExcludedRange[]): DlletError {
  const exact = near.find((row) => row.startPort === exclusion.startPort && row.endPort === lastPort(exclusion));
  if (exact && !exact.administered) return notAdministered(exclusion);
  const [other] = near;
  return new DlletError({
    id: 'ExclusionNotFound',
    category: 'ObjectNotFound',
    message: `There is no administered exclusion of ${exclusion.numberOfPorts === 1 ? 'just' : 'exactly the'} ${rangeWords(exclusion)}.`,
    recommendedAction: other
      ? `Give the exact range. There is an exclusion of ${rangeWords(other)}. Get-ExcludedPortRange lists all ranges.`
      : 'Give a range exactly as Get-ExcludedPortRange lists it.',
    data: { ...exclusion },
  });
}

function notAdministered(exclusion: Exclusion): DlletError {
  const { protocol, startPort, numberOfPorts } = exclusion;
  return new DlletError({
    id: 'ExclusionNotAdministered',
    category: 'PermissionDenied',
    message:
      `The exclusion of ${rangeWords(exclusion)} was not made by an administrator: it is a persistent ` +
      'reservation, or a service such as Windows NAT (WinNAT) holds it. Only the holder can remove it.',
    recommendedAction:
      `Remove a reservation with Remove-Persistent${protocol}PortReservation ${startPort} ${numberOfPorts}. To take ${numberOfPorts === 1 ? 'the' : 'a'} port back ` +
      `from Windows NAT, run Repair-PortExclusion -Port ${startPort} -Protocol ${protocol}.`,
    data: { ...exclusion },
  });
}

/** `dllet simulation ...`: the simulated computer, its restarts, its tables of ports and what its processes hold. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { CommandModule } from 'yargs';
import { stateFile } from '../../../cli/backend.js';
import { FILE, TEXT, wholeNumber, wordsOf } from '../../../cli/option-values.js';
import { print } from '../../../cli/output.js';
import { UsageError } from '../../../cli/usage.js';
import { DlletError, messageOf } from '../../../definition/errors.js';
import { DEFAULT_DYNAMIC_RANGE } from '../ports/default-dynamic-range.js';
import { counted } from '../ports/range-words.js';
import type { SimulationReport } from '../simulation/manage.js';
import type { PortPool } from '../simulation/port-reservation.js';

type Manage = typeof import('../simulation/manage.js');
type Change = (manage: Manage, file: string, given: SimulationArguments) => Promise<SimulationReport>;

/** The actions of `dllet simulation` that return the state, by name. */
const CHANGES: Readonly<Record<string, Change>> = {
  show: (manage, file) => manage.showSimulation(file),
  restart: (manage, file) => manage.restartSimulation(file),
  exclude: (manage, file, given) =>
    manage.excludeInSimulation(file, { ...blockOf('exclude', given), administered: given.administered }),
  include: (manage, file, given) => manage.includeInSimulation(file, blockOf('include', given)),
  dynamic: (manage, file, given) => manage.setSimulatedDynamicRange(file, dynamicRangeOf(given)),
  hold: (manage, file, given) =>
    manage.holdInSimulation(file, blockOf('hold', given), {
      processName: processOf(given),
      processId: given.pid ?? 4321,
    }),
  release: (manage, file, given) => manage.releaseInSimulation(file, blockOf('release', given)),
  load: async (manage, file, given) => manage.loadSimulation(file, await tablesOf(given)),
};

const ACTIONS = [...Object.keys(CHANGES), 'reset'];

interface SimulationArguments {
  action: string;
  file: string | undefined;
  state: string | undefined;
  protocol: PortPool | undefined;
  ports: string | undefined;
  administered: boolean;
  default: boolean;
  process: string | undefined;
  pid: number | undefined;
  json: boolean;
}

export const simulationCommand: CommandModule<object, SimulationArguments> = {
  command: 'simulation <action> [file]',
  describe:
    'Show, reset or restart the simulated computer (a restart changes every token), change its excluded and dynamic port ranges, ' +
    'let a process hold ports, or load the port tables of a real computer',
  builder: (yargs) =>
    yargs
      .positional('action', { choices: ACTIONS, demandOption: true, describe: 'What to do' })
      .positional('file', { ...FILE, describe: 'load: a file with the output of netsh, or - for stdin' })
      .option('state', {
        ...FILE,
        describe: 'Absolute path of the state file to use instead of yours',
      })
      .option('protocol', {
        ...(wordsOf('tcp', 'udp') as { choices: PortPool[] }),
        describe: 'The protocol; load: the protocol of tables without a title',
      })
      .option('ports', {
        ...TEXT,
        describe: 'exclude, include, dynamic, hold, release: the ports, such as 50000-50059',
      })
      .option('administered', {
        type: 'boolean',
        default: false,
        describe: 'exclude: create an administered exclusion, whose ports can still be bound by number',
      })
      .option('default', {
        type: 'boolean',
        default: false,
        describe: 'dynamic: restore the default range, 49152-65535',
      })
      .option('process', {
        ...TEXT,
        describe: 'hold: the name of the process, such as sqlservr',
      })
      .option('pid', { ...wholeNumber('--pid'), describe: 'hold: the process ID (default: 4321)' })
      .option('json', { type: 'boolean', default: false, describe: 'Print JSON' })
      .example('dllet simulation restart', 'Restart the simulated computer; every reservation gets a new token')
      .example('dllet simulation exclude --protocol udp --ports 50000-50059', ''),
  handler: async (given) => {
    const file = await stateFile(given.state);
    const { report, text } = await run(file, given);
    if (given.json) print(JSON.stringify(report, null, 2));
    else for (const line of text) print(line);
  },
};

async function run(file: string, given: SimulationArguments): Promise<{ report: object; text: string[] }> {
  const manage = await import('../simulation/manage.js');
  const change = CHANGES[given.action];
  if (change) {
    const report = await change(manage, file, given);
    return { report, text: linesOf(report) };
  }
  const report = await manage.resetSimulation(file);
  const damaged = report.found === 'damaged' ? `a damaged state (${report.reason})` : undefined;
  const found = damaged ?? (report.found === 'state' ? 'the state' : 'nothing');
  return { report, text: [`${file}: removed ${found}`] };
}

function linesOf(report: SimulationReport): string[] {
  const { stateFile: file, restarts, reservations, exclusions = [], dynamicRanges = {}, uses = [] } = report;
  return [
    `${file}: ${counted(restarts, 'restart')}, ${counted(reservations.length, 'reservation')}`,
    ...reservations.map(
      (one) => `${one.pool}  ${portsOf(one)}  ${counted(one.numberOfPorts, 'port')}  token ${one.token}`,
    ),
    ...exclusions.map(
      (one) =>
        `${one.pool}  ${portsOf(one)}  excluded${one.administered ? ' (administered)' : ''}` +
        `${one.activeOnly ? ' until the next restart' : ''}`,
    ),
    ...Object.entries(dynamicRanges).flatMap(([pool, range]) =>
      range ? [`${pool}  ${portsOf(range)}  dynamic range`] : [],
    ),
    ...uses.map((one) => `${one.pool}  ${one.port}  held by ${one.processName}, process ${one.processId}`),
    ...(report.isNatStopped ? ['Windows NAT (winnat) is stopped: its ranges are not in force'] : []),
  ];
}

function portsOf({ startPort, numberOfPorts }: { readonly startPort: number; readonly numberOfPorts: number }): string {
  return numberOfPorts === 1 ? String(startPort) : `${startPort}-${startPort + numberOfPorts - 1}`;
}

function blockOf(action: string, { protocol, ports }: SimulationArguments) {
  const match = /^(\d{1,5})(?:(?:-|\.\.)(\d{1,5}))?$/.exec(ports ?? '');
  const first = Number(match?.[1]);
  const last = Number(match?.[2] ?? match?.[1]);
  if (protocol === undefined || ports === undefined)
    throw new UsageError(`${action} needs --protocol tcp|udp and --ports <first>-<last>`);
  if (!match || first < 1 || first > last || last > 65_535)
    throw new UsageError(
      `--ports is '${ports}': give one port or <first>-<last>, from 1 to 65535, such as 50000-50059`,
    );
  return { pool: protocol, startPort: first, numberOfPorts: last - first + 1 };
}

function dynamicRangeOf(given: SimulationArguments) {
  if (!given.default) return blockOf('dynamic', given);
  if (given.protocol === undefined || given.ports !== undefined)
    throw new UsageError('dynamic --default needs --protocol tcp|udp, and no --ports');
  return { pool: given.protocol, ...DEFAULT_DYNAMIC_RANGE };
}

function processOf({ process: name, pid }: SimulationArguments): string {
  if (name === undefined || name === '') throw new UsageError('hold needs --process <name>, such as sqlservr');
  if (pid !== undefined && (pid < 1 || pid > 0xffff_ffff))
    throw new UsageError(`--pid is '${pid}': a process ID is 1 or more`);
  return name;
}

async function tablesOf({ file, protocol }: SimulationArguments) {
  if (file === undefined) throw new UsageError('load needs a file with the output of netsh, or - for stdin');
  const { readPastedTables } = await import('../netsh/pasted-tables.js');
  const from = file === '-' ? 0 : path.resolve(file);
  const text = await readText(from);
  return readPastedTables(text, protocol && (protocol === 'tcp' ? 'Tcp' : 'Udp'));
}

async function readText(from: string | 0): Promise<Buffer> {
  try {
    if (from !== 0) return await readFile(from);
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  } catch (cause) {
    throw new DlletError({
      id: 'FileNotRead',
      category: 'ReadError',
      message: `The tables could not be read from ${from === 0 ? 'stdin' : from}: ${messageOf(cause)}`,
      recommendedAction: 'Give a file that exists and that you can read.',
      cause,
    });
  }
}

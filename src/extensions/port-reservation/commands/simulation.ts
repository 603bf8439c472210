/** `dllet simulation show|reset|restart|exclude`: the simulated computer, its restarts and its excluded ranges. */
import type { CommandModule } from 'yargs';
import { stateFile } from '../../../cli/backend.js';
import { print } from '../../../cli/output.js';
import { UsageError } from '../../../cli/usage.js';
import { wordsOf } from '../../../cli/words.js';

type Action = 'show' | 'reset' | 'restart' | 'exclude';

const ACTIONS: readonly Action[] = ['show', 'reset', 'restart', 'exclude'];

interface SimulationArguments {
  action: Action;
  state: string | undefined;
  protocol: 'tcp' | 'udp' | undefined;
  ports: string | undefined;
  administered: boolean;
  json: boolean;
}

export const simulationCommand: CommandModule<object, SimulationArguments> = {
  command: 'simulation <action>',
  describe: 'Show, reset or restart the simulated computer, or exclude a range of its ports',
  builder: (yargs) =>
    yargs
      .positional('action', { choices: ACTIONS, demandOption: true, describe: 'What to do' })
      .option('state', {
        type: 'string',
        requiresArg: true,
        describe: "State file (absolute path) instead of the user's own",
      })
      .option('protocol', {
        ...(wordsOf('tcp', 'udp') as { choices: ('tcp' | 'udp')[] }),
        describe: 'exclude: the protocol',
      })
      .option('ports', { type: 'string', requiresArg: true, describe: 'exclude: the range, such as 50000-50059' })
      .option('administered', {
        type: 'boolean',
        default: false,
        describe: 'exclude: as netsh add excludedportrange does it, so that an explicit bind still succeeds',
      })
      .option('json', { type: 'boolean', default: false, describe: 'Print JSON' })
      .example('dllet simulation restart', 'Give every reservation a new token')
      .example('dllet simulation exclude --protocol udp --ports 50000-50059', ''),
  handler: async ({ action, state, json, ...range }) => {
    const file = await stateFile(state);
    const lines = await run(action, file, range);
    if (json) print(JSON.stringify(lines.report, null, 2));
    else for (const line of lines.text) print(line);
  },
};

type RangeArguments = Pick<SimulationArguments, 'protocol' | 'ports' | 'administered'>;

async function run(action: Action, file: string, range: RangeArguments): Promise<{ report: object; text: string[] }> {
  const { excludeInSimulation, showSimulation, resetSimulation, restartSimulation } = await import(
    '../simulation/manage.js'
  );
  if (action === 'reset') {
    const report = await resetSimulation(file);
    const found =
      report.found === 'damaged'
        ? `a damaged state (${report.reason})`
        : report.found === 'state'
          ? 'the state'
          : 'nothing';
    return { report, text: [`${file}: removed ${found}`] };
  }
  const reports = {
    show: () => showSimulation(file),
    restart: () => restartSimulation(file),
    exclude: () => excludeInSimulation(file, exclusionOf(range)),
  };
  const report = await reports[action]();
  const rows = report.reservations.map(
    ({ pool, startPort, numberOfPorts, token }) =>
      `${pool}  ${startPort}-${startPort + numberOfPorts - 1}  ${numberOfPorts} ports  token ${token}`,
  );
  const excluded = (report.exclusions ?? []).map(
    ({ pool, startPort, numberOfPorts, administered }) =>
      `${pool}  ${startPort}-${startPort + numberOfPorts - 1}  excluded${administered ? ' (administered)' : ''}`,
  );
  return {
    report,
    text: [`${file}: ${report.restarts} restarts, ${report.reservations.length} reservations`, ...rows, ...excluded],
  };
}

function exclusionOf({ protocol, ports, administered }: RangeArguments) {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(ports ?? '');
  const first = Number(match?.[1]);
  const last = Number(match?.[2] ?? match?.[1]);
  if (protocol === undefined || ports === undefined)
    throw new UsageError('exclude needs --protocol tcp|udp and --ports <first>-<last>');
  if (!match || first < 1 || first > last || last > 65_535)
    throw new UsageError(
      `--ports is '${ports}': give one port or <first>-<last>, from 1 to 65535, such as 50000-50059`,
    );
  return { pool: protocol, startPort: first, numberOfPorts: last - first + 1, administered };
}

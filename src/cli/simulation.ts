/** `dllet simulation show|reset|restart`: the simulated computer and its restarts. */
import type { CommandModule } from 'yargs';
import { stateFile } from './backend.js';
import { print } from './output.js';

type Action = 'show' | 'reset' | 'restart';

const ACTIONS: readonly Action[] = ['show', 'reset', 'restart'];

export const simulationCommand: CommandModule<object, { action: Action; state: string | undefined; json: boolean }> = {
  command: 'simulation <action>',
  describe: 'Show the simulated reservations, forget them, or restart the simulated computer (every token changes)',
  builder: (yargs) =>
    yargs
      .positional('action', { choices: ACTIONS, demandOption: true, describe: 'What to do' })
      .option('state', {
        type: 'string',
        requiresArg: true,
        describe: "State file (absolute path) instead of the user's own",
      })
      .option('json', { type: 'boolean', default: false, describe: 'Print JSON' }),
  handler: async ({ action, state, json }) => {
    const file = await stateFile(state);
    const lines = await run(action, file);
    if (json) print(JSON.stringify(lines.report, null, 2));
    else for (const line of lines.text) print(line);
  },
};

async function run(action: Action, file: string): Promise<{ report: object; text: string[] }> {
  const { showSimulation, resetSimulation, restartSimulation } = await import('../simulation/manage.js');
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
  const report = action === 'show' ? await showSimulation(file) : await restartSimulation(file);
  const rows = report.reservations.map(
    ({ pool, startPort, numberOfPorts, token }) =>
      `${pool}  ${startPort}-${startPort + numberOfPorts - 1}  ${numberOfPorts} ports  token ${token}`,
  );
  return {
    report,
    text: [`${file}: ${report.restarts} restarts, ${report.reservations.length} reservations`, ...rows],
  };
}

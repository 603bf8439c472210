/**
 * A process of its own on the state file: `worker.cjs <mode> <state file> <number>`.
 *
 * - `blocks`: creates 20 blocks of UDP ports that are its own, and one that every worker wants; prints each answer.
 * - `churn`: creates and deletes a block for ever; prints a line after each create.
 */
import type { CallOutcome } from '../../../src/definition/execution.js';
import { createSimulatedBackend } from '../../../src/extensions/port-reservation/simulation/backend.js';
import { simulatedOperation } from './operations.js';

const CONTESTED = { StartPort: 60_000, NumberOfPorts: 10 };

async function main(mode: string, stateFile: string, worker: number): Promise<void> {
  const backend = createSimulatedBackend({ stateFile });
  const create = async (block: Record<string, number>): Promise<CallOutcome> =>
    backend.call(simulatedOperation('create', 'udp'), block);
  const remove = async (block: Record<string, number>): Promise<CallOutcome> =>
    backend.call(simulatedOperation('delete', 'udp'), block);
  const print = (kind: string, outcome: CallOutcome): void => {
    process.stdout.write(`${kind} ${outcome.returnValue} ${outcome.outputs.Token ?? '-'}\n`);
  };

  const own = (index: number) => ({ StartPort: 1_000 * (worker + 1) + 10 * index, NumberOfPorts: 10 });
  if (mode === 'churn') {
    for (;;) {
      print('own', await create(own(0)));
      await remove(own(0));
    }
  }
  for (let index = 0; index < 20; index += 1) {
    print('own', await create(own(index)));
    if (index % 5 === 0) print('contested', await create(CONTESTED));
  }
}

const [mode = '', stateFile = '', worker = ''] = process.argv.slice(2);
void main(mode, stateFile, Number(worker));

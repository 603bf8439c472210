/**
 * A node for NodePath that is the real bridge over the simulated backend, in one file. It does what a module's program
 * does, records every function that it executes, and causes one fault when the test has planned it.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createBridge } from '../../../src/bridge/bridge.js';
import { HANDSHAKE, handshakeMethod } from '../../../src/bridge/handshake.js';
import { LINE_LIMIT } from '../../../src/bridge/limits.js';
import { createLineSplitter } from '../../../src/bridge/line-splitter.js';
import { toAsciiJson } from '../../../src/bridge/messages.js';
import { BACKEND_OPTIONS } from '../../../src/cli/backend.js';
import type { Backend } from '../../../src/definition/execution.js';
import type { Definition } from '../../../src/definition/types.js';
import { createSimulatedBackend } from '../../../src/extensions/port-reservation/simulation/backend.js';
import { FAULTS, send } from './faults.js';
import { Control } from './plan.js';

const [, script = '', ...given] = process.argv;
// There may be options for node before the program.
const command = given.indexOf('serve');
const program = given[command - 1] ?? '';
const args = given.slice(command + 1);
const { values } = parseArgs({ args, options: { ...BACKEND_OPTIONS, parent: { type: 'string' } }, strict: true });
const control = new Control(path.dirname(script));
const definition: Definition = JSON.parse(readFileSync(path.join(path.dirname(program), 'definition.json'), 'utf8'));
const backend = recorded(createSimulatedBackend({ stateFile: values.state ?? '' }));
const node = { version: process.versions.node, path: process.execPath, pid: process.pid };
const bridge = createBridge({
  definition,
  backend,
  methods: { [HANDSHAKE]: handshakeMethod({ definition, backend, library: undefined, node }) },
});

/** Records every call as soon as it is done, before the caller gets the reply. */
function recorded(inner: Backend): Backend {
  return {
    ...inner,
    call: async (fn, given) => {
      const outcome = await inner.call(fn, given);
      const name = fn.simulation?.operation ?? fn.name;
      control.addDeed({ name, startPort: Number(given.StartPort), code: Number(outcome.returnValue) });
      return outcome;
    },
  };
}

async function receive(text: string): Promise<void> {
  const message = JSON.parse(text);
  const isGreeting = message.method === HANDSHAKE;
  const answer = async () => `${toAsciiJson((await bridge.handle(message)) ?? [])}\n`;
  const plan = control.take(({ fault }) => (FAULTS[fault]?.greets === true) === isGreeting);
  const inject = plan && FAULTS[plan.fault]?.inject;
  if (inject) await inject({ id: message.id, chance: plan.chance, answer });
  else send(await answer());
}

control.addStart(process.pid);
const splitter = createLineSplitter(LINE_LIMIT, {
  onLine: (bytes) => void receive(bytes.toString('utf8')),
  onOversized: () => process.exit(1),
});
process.stdin.on('data', (chunk: Buffer) => splitter.push(chunk));
process.stdin.on('end', () => process.exit(0));
// It ignores the end of its input, so the process that started it must end it, or exit.
setInterval(() => {
  try {
    process.kill(Number(values.parent), 0);
  } catch {
    process.exit(0);
  }
}, 1000);

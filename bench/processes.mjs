// Measurements of whole processes: cold calls, first tokens in a fresh engine, resident memory.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../scripts/setup.mjs';
import { interleave } from './samples.mjs';
import { BLOCK, TOKEN } from './setup.mjs';

const FUNCTION = 'LookupPersistentUdpPortReservation';

/**
 * `dllet call` against a node that does nothing, in milliseconds from start to end: in the environment of the bench, and in an empty
 * one, because settings such as NODE_EXTRA_CA_CERTS cost a bare node as much as the rest of its start.
 */
export async function measureCold({ program, state }, rounds, samples) {
  const call = [program, 'call', FUNCTION, JSON.stringify(BLOCK), '--library', state.library];
  const contenders = [
    { name: 'dllet', args: call, output: TOKEN },
    { name: 'bare node', args: ['-e', '0'], output: '' },
  ];
  for (const [measurement, env] of Object.entries({ cold: process.env, 'cold-bare': systemVariables() })) {
    await interleave(rounds, contenders, ({ name, args, output }) => {
      const started = performance.now();
      const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8', env });
      const elapsed = performance.now() - started;
      if (status !== 0 || !stdout.includes(output)) throw new Error(`${name} failed: ${stdout}${stderr}`);
      samples.add(measurement, name, elapsed);
    });
  }
}

/** What a program needs to run at all. */
function systemVariables() {
  const { SystemRoot } = process.env;
  return process.platform === 'win32' ? { SystemRoot } : {};
}

/** A new engine, the import, and the first token on its output, in milliseconds. */
export async function measureFirstToken(setup, rounds, samples) {
  const contenders = [
    {
      name: 'dllet',
      script: `Import-Module ${quoted(setup.manifest)} -ArgumentList @{ LibraryPath = ${quoted(setup.state.library)}; NodePath = ${quoted(process.execPath)} }; (Get-PersistentUdpPortReservationToken 5000 20).Token`,
    },
    {
      name: 'P/Invoke function',
      script: `Import-Module ${quoted(setup.state.pinvoke)}; (Get-PInvokeReservation 5000 20).Token`,
    },
    {
      name: 'compiled cmdlet',
      script: `Import-Module ${quoted(setup.state.cmdlet)}; (Get-CompiledReservation 5000 20).Token`,
    },
  ];
  if (setup.hasAddType) {
    contenders.push({
      name: 'Add-Type function',
      script: `Import-Module ${quoted(setup.addType)} -ArgumentList @{ Library = ${quoted(setup.state.library)} }; (Get-AddTypeReservation 5000 20).Token`,
    });
  }
  contenders.push({ name: 'engine alone', script: `[uint64]${TOKEN}` });
  // pwsh keeps a profile of what the last session compiled, and has the next one compile it in advance: each contender has its own, as
  // for a user who does the same every day, and not that of the contender before.
  for (const { name, script } of contenders) await timeToToken(setup.engine, script, name);
  await interleave(rounds, contenders, async ({ name, script }) => {
    samples.add('first-token', name, await timeToToken(setup.engine, script, name));
  });
}

export function quoted(text) {
  return `'${text.replaceAll("'", "''")}'`;
}

async function timeToToken(engine, script, name) {
  const cache = path.join(root, 'build', 'bench', 'cache', name.replace(/\W/g, '-'));
  mkdirSync(cache, { recursive: true });
  const env = { ...process.env, [process.platform === 'win32' ? 'LOCALAPPDATA' : 'XDG_CACHE_HOME']: cache };
  const started = performance.now();
  const child = spawn(engine, ['-NoProfile', '-NonInteractive', '-Command', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  });
  const ended = once(child, 'close');
  let output = '';
  let elapsed;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
      if (elapsed === undefined && output.includes(TOKEN)) elapsed = performance.now() - started;
    });
  }
  await ended;
  if (elapsed === undefined) throw new Error(`no token came from: ${script}\n${output}`);
  return elapsed;
}

/** The resident memory of a bridge after many calls, one line each, against a node that waits on stdin; in MB. */
export async function measureMemory({ program, memory }, { rounds, calls }, samples) {
  // As the module starts it.
  const serve = ['--max-semi-space-size=1', program, 'serve', '--library', memory.library];
  const contenders = [
    { name: 'dllet', args: serve, work: (child) => ping(child, calls) },
    {
      name: 'dllet, after one call',
      args: serve,
      work: (child) => ping(child, 1),
    },
    {
      name: 'bare node',
      args: ['-e', 'process.stdin.resume()'],
      work: () => new Promise((resolve) => setTimeout(resolve, 500)),
    },
  ];
  await interleave(rounds, contenders, async ({ name, args, work }) => {
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = once(child, 'close');
    await work(child);
    samples.add('memory', name, residentMegabytes(child.pid));
    child.stdin.end();
    child.stdout.resume();
    await ended;
  });
}

async function ping(child, calls) {
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const request = async (id, method, params) => {
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    const { value } = await lines.next();
    if (!value?.includes('"result"')) throw new Error(`the bridge answered ${value}`);
  };
  await request(0, 'CreatePersistentUdpPortReservation', BLOCK);
  const columns = { StartPort: [BLOCK.StartPort], NumberOfPorts: [BLOCK.NumberOfPorts] };
  for (let id = 1; id <= calls; id += 1) await request(id, 'dllet.callMany', { function: FUNCTION, columns });
}

function residentMegabytes(pid) {
  if (process.platform === 'linux') {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
  }
  return Number(spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).stdout) / 1024;
}

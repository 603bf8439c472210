// Measures the resident memory of a bridge after one call and after many, compared with a node that waits on stdin; in
// MB.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { bareEnvironment, CREATE, LOOKUP, startBridge } from './bridge.mjs';
import { interleave } from './samples.mjs';

export async function measureMemory({ program, memory }, { rounds, calls }, samples) {
  const options = { program, library: memory.library };
  const contenders = [
    { name: 'dllet', measure: () => bridgeMemory(options, calls) },
    { name: 'dllet, after one call', measure: () => bridgeMemory(options, 1) },
    { name: 'bare node', measure: bareNodeMemory },
  ];
  await interleave(rounds, contenders, async ({ name, measure }) => samples.add('memory', name, await measure()));
}

async function bridgeMemory(options, calls) {
  const bridge = startBridge(options);
  await bridge.request(CREATE);
  for (let call = 0; call < calls; call += 1) await bridge.request(LOOKUP);
  const megabytes = residentMegabytes(bridge.pid);
  await bridge.end();
  return megabytes;
}

async function bareNodeMemory() {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
    stdio: ['pipe', 'ignore', 'inherit'],
    env: bareEnvironment(),
  });
  const ended = once(child, 'close');
  await setTimeout(500);
  const megabytes = residentMegabytes(child.pid);
  child.stdin.end();
  await ended;
  return megabytes;
}

function residentMegabytes(pid) {
  if (process.platform === 'linux') {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
  }
  return Number(spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).stdout) / 1024;
}

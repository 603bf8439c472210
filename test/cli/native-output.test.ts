/** Output of a library is never mistaken for that of the program, however the library prints. */
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CLI, dllet } from '../support/cli.js';
import { temporaryDirectory } from '../support/directories.js';
import { request, serve } from '../support/serve.js';
import { writeStandInDefinition } from '../support/standin-definition.js';

const WAYS = [
  ['into a buffer that is written at the end', 0],
  ['at once', 1],
  ['by descriptor', 2],
  ['to stderr, as it should', 3],
  ['through another program', 4],
] as const;

const PRINTED = /"Value":666/;

const isWindows = process.platform === 'win32';

describe.skipIf(isWindows)('a library that prints', () => {
  it.each(WAYS)('%s, in the middle of a resident program: each reply is the program’s', async (_name, Way) => {
    const standIn = writeStandInDefinition(temporaryDirectory());
    const bridge = serve(standIn.file, '--library', standIn.library);
    bridge.send(request(1, 'StandinPrint', { Way }), request(2, 'AnyUnsigned64', { Number: '7' }));
    expect(await bridge.replies(2)).toEqual([
      { jsonrpc: '2.0', id: 1, result: { Value: Way } },
      { jsonrpc: '2.0', id: 2, result: { Value: '7' } },
    ]);
    expect(await bridge.finish()).toMatchObject({ status: 0 });
    expect(bridge.stdout).not.toMatch(PRINTED);
    expect(bridge.stdout.trimEnd().split('\n')).toHaveLength(2);
    expect(bridge.stderr).toMatch(PRINTED);
  });

  it.each(WAYS)('%s, in a program for one call', async (_name, Way) => {
    const standIn = writeStandInDefinition(temporaryDirectory());
    const args = ['call', standIn.file, 'StandinPrint', JSON.stringify({ Way }), '--library', standIn.library];
    const { status, stdout, stderr } = await dllet(args);
    expect({ status, reply: JSON.parse(stdout) }).toEqual({
      status: 0,
      reply: { jsonrpc: '2.0', id: 1, result: { Value: Way } },
    });
    expect(stderr).toMatch(PRINTED);
  });

  it('prints beside a stdout that is a file', () => {
    const standIn = writeStandInDefinition(temporaryDirectory());
    const file = path.join(temporaryDirectory(), 'out');
    const out = openSync(file, 'w');
    const args = [CLI, 'serve', standIn.file, '--library', standIn.library];
    const input = [request(1, 'StandinPrint', { Way: 1 }), request(2, 'StandinPrint', { Way: 0 })];
    const { status, stderr } = spawnSync(process.execPath, args, {
      input: input.map((one) => `${JSON.stringify(one)}\n`).join(''),
      stdio: ['pipe', out, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(out);
    expect(status).toBe(0);
    expect(
      readFileSync(file, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).result),
    ).toEqual([{ Value: 1 }, { Value: 0 }]);
    expect(stderr).toMatch(PRINTED);
  });

  it('does not lose a reply that its reader takes late', async () => {
    const standIn = writeStandInDefinition(temporaryDirectory());
    const args = ['call', standIn.file, 'AnyUnsigned64', '{"Number":"7"}', '--library', standIn.library];
    const shell = ['-c', `"$0" "$@" | { sleep 0.5; cat; }`, process.execPath, CLI, ...args];
    expect(spawnSync('/bin/sh', shell, { encoding: 'utf8' }).stdout).toBe(
      '{"jsonrpc":"2.0","id":1,"result":{"Value":"7"}}\n',
    );
  });

  it('leaves programs that the program starts without its own stdout', async () => {
    const probe = `
      const { nativeSystem } = await import(${JSON.stringify(path.join(path.dirname(CLI), 'native', 'system.js'))});
      const { spawnSync } = await import('node:child_process');
      const { writeSync } = await import('node:fs');
      const own = nativeSystem(process.platform).ownStdout();
      writeSync(own, String(spawnSync('ls', ['-l', '/proc/self/fd/' + own]).status !== 0));`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', probe], { encoding: 'utf8' });
    expect(stdout).toBe('true');
  });
});

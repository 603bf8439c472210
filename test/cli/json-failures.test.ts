/** Every command that has --json says a failure as JSON on stdout, with exit status 1. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.js';
import { complete } from '../../src/cli/complete.js';
import { dlletInside } from '../support/cli-inside.js';

const folder = mkdtempSync(path.join(tmpdir(), 'dllet-json-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const fileWith = (name: string, text: string) => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
};
const damaged = fileWith('damaged.json', '{');
const simulated = ['--backend', 'simulated', '--state', damaged];

/** A command, with what it answers: an error with this id, or a report of what is wrong. */
const FAILURES: [command: string, args: readonly string[], answer: object][] = [
  ['validate', [damaged], { valid: false }],
  ['coverage', [fileWith('empty.winmd', '')], failure('MetadataInvalid')],
  ['doctor', ['--library', path.join(folder, 'missing.so')], expect.arrayContaining([badFinding()])],
  ['ports excluded', simulated, failure('SimulationStateInvalid')],
  ['ports dynamic', simulated, failure('SimulationStateInvalid')],
  ['ports use', simulated, failure('SimulationStateInvalid')],
  ['ports test', ['5000', ...simulated], failure('SimulationStateInvalid')],
  ['ports find', ['20', ...simulated], failure('SimulationStateInvalid')],
  ['ports map', ['--out', path.join(folder, 'map.html'), ...simulated], failure('SimulationStateInvalid')],
  ['simulation', ['show', '--state', damaged], failure('SimulationStateInvalid')],
];

/** Their failures are of another kind: what is wrong is what was asked, and PowerShell, which other tests take away. */
const OTHERS = ['explain', 'types', 'verify'];

function failure(id: string): object {
  return { error: { code: -32000, message: expect.any(String), data: { id, recommendedAction: expect.any(String) } } };
}

function badFinding(): object {
  return expect.objectContaining({ status: 'bad', cure: expect.any(String) });
}

describe('a failure with --json', () => {
  it.each(FAILURES)('of %s is JSON on stdout, with status 1', async (command, args, answer) => {
    const { status, stdout, stderr } = await dlletInside([...command.split(' '), ...args, '--json']);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    const said = JSON.parse(stdout);
    if (Array.isArray(said)) expect(said).toEqual(answer);
    else expect(said).toMatchObject(answer);
  });

  it('is here for every command that has the option', async () => {
    const found: string[] = [];
    for (const name of await namesAfter('')) {
      const inner = await namesAfter(`${name} `);
      const commands = inner.length === 0 || name !== 'ports' ? [name] : inner.map((one) => `${name} ${one}`);
      for (const one of commands) if ((await namesAfter(`${one} --jso`)).includes('--json')) found.push(one);
    }
    expect(found.sort()).toEqual([...FAILURES.map(([command]) => command), ...OTHERS].sort());
  });
});

async function namesAfter(typed: string): Promise<string[]> {
  return [...(await complete(typed.split(' '), COMMANDS)).words.keys()];
}

/**
 * Every command with --json that fails: status 1, one JSON error on stdout and nothing else. Wrong usage stays words, with status 2.
 * The commands run in the process of the test; one of each ending is a program.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratchDirectory } from '../native/support.js';
import { dllet, ROOT } from '../support/cli.js';
import { dlletInside } from '../support/cli-inside.js';

const directory = scratchDirectory();
const damaged = path.join(directory, 'damaged.json');
writeFileSync(damaged, `{"version":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
const fresh = path.join(directory, 'fresh.json');
const simulated = (state: string) => ['--backend', 'simulated', '--state', state];
const range = ['--protocol', 'udp', '--ports', '50000-50059'];
const folder = path.join(directory, 'folder');
mkdirSync(folder);

type Row = [args: string[], id: string, environment?: NodeJS.ProcessEnv];

const ROWS: Row[] = [
  ...['excluded', 'find 10', 'test 50000', 'map --out x.html'].map(
    (what): Row => [['ports', ...what.split(' '), ...simulated(damaged)], 'SimulationStateInvalid'],
  ),
  [['ports', 'map', '--out', path.join(directory, 'none', 'map.html'), ...simulated(fresh)], 'FileNotWritten'],
  [['simulation', 'show', '--state', damaged], 'SimulationStateInvalid'],
  [['simulation', 'restart', '--state', damaged], 'SimulationStateInvalid'],
  [['simulation', 'exclude', '--state', damaged, ...range], 'SimulationStateInvalid'],
  [['simulation', 'show', '--state', folder], 'SimulationStateUnavailable'],
  [['simulation', 'reset', '--state', folder], 'SimulationStateUnavailable'],
  [
    ['verify', path.join(ROOT, 'module', 'PersistentPortReservation')],
    'PowerShellNotFound',
    { NODE_POWERSHELL: path.join(directory, 'no-powershell') },
  ],
];

describe('a failure with --json', () => {
  it.each<Row>(ROWS)('of dllet %j is the JSON error %s on stdout', async (args, id, environment) => {
    const { status, stdout, stderr } = await dlletInside([...args, '--json'], environment ? { environment } : {});
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      error: {
        code: -32000,
        message: expect.stringMatching(/./),
        data: expect.objectContaining({
          id,
          category: expect.stringMatching(/^[A-Z][A-Za-z]+$/),
          recommendedAction: expect.stringMatching(/./),
        }),
      },
    });
  });

  it.each([[[]], [['--json=false']], [['--no-json']], [['--json', '--no-json']]])(
    'is in words with %j',
    async (json) => {
      const { status, stdout, stderr } = await dlletInside(['simulation', 'show', '--state', damaged, ...json]);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toMatch(/^SimulationStateInvalid: /);
    },
  );

  it('is JSON with --json=true as well', async () => {
    const { stdout } = await dllet(['simulation', 'show', '--state', damaged, '--json=true']);
    expect(JSON.parse(stdout).error.data.id).toBe('SimulationStateInvalid');
  });

  it.skipIf(process.platform === 'win32').each(['excluded', 'dynamic'])('of ports %s without netsh', async (what) => {
    const { status, stdout, stderr } = await dlletInside(['ports', what, '--json']);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(JSON.parse(stdout).error.data.id).toBe('PlatformNotSupported');
  });

  it('of a program is the same', async () => {
    expect(await dllet(['simulation', 'show', '--state', folder, '--json'])).toEqual(
      await dlletInside(['simulation', 'show', '--state', folder, '--json']),
    );
    expect(await dllet(['validate', 'nowhere.json', '--json'])).toEqual(
      await dlletInside(['validate', 'nowhere.json', '--json']),
    );
  });

  it.each([
    [['ports', 'test', 'x']],
    [['ports', 'excluded', '--library', 'x', ...simulated(fresh)]],
    [['simulation', 'show', '--state', 'x']],
    [['validate', 'nowhere.json']],
    [['doctor', '--library', 'x']],
    [['verify', folder]],
  ])('of wrong usage, dllet %j, is in words on stderr', async (args) => {
    const { status, stdout, stderr } = await dlletInside([...args, '--json']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/./);
  });
});

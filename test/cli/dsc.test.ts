/** `dsc manifest`: what it writes, where, and that what it writes works; and that the program stays light. */
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { block, MODULE_FOLDER, ONE } from '../dsc/engine.js';
import { CLI, dllet, loadedScripts, runNode } from '../support/cli.js';
import { dlletInside } from '../support/cli-inside.js';
import { temporaryDirectory } from '../support/directories.js';
import { DscEngine } from '../support/dsc-engine.js';
import type { Manifest } from '../support/dsc-manifest-rules.js';

const NAME = 'PersistentPortReservation';
const FILES = [
  'ExcludedPortRange.dsc.resource.json',
  `${NAME}.dsc.manifests.json`,
  `${NAME}.dsc.resource.json`,
  `${NAME}List.dsc.resource.json`,
];

const simulated = (directory: string) => [
  '--backend',
  'simulated',
  '--state',
  path.join(directory, 'state', 'state.json'),
];

function getOf(directory: string): { executable: string; args: unknown[] } {
  const manifest = JSON.parse(readFileSync(path.join(directory, FILES[2] as string), 'utf8')) as Manifest;
  return manifest.get as { executable: string; args: unknown[] };
}

/** Looks through the manifests of a folder; the program answers. */
async function works(directory: string): Promise<void> {
  const dsc = new DscEngine({ version: '3.3', directory, type: ONE });
  expect(await dsc.get(block(5000, 20))).toEqual({ ...block(5000, 20), _exist: false });
}

describe('manifests', () => {
  it('in another folder name the command line absolutely, and work', async () => {
    const directory = temporaryDirectory();
    const args = ['dsc', 'manifest', NAME, '--out', directory, ...simulated(directory)];
    const { status, stdout, stderr } = await dllet(args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trim().split('\n')).toHaveLength(FILES.length + 1);
    expect(readdirSync(directory).sort()).toEqual(FILES);
    expect(getOf(directory).args.slice(0, 5)).toEqual([CLI, 'dsc', 'get', NAME, ONE]);
    await works(directory);
  });

  it('of a module name its program: absolutely from elsewhere, relatively from within, also by the program itself', async () => {
    const home = temporaryDirectory();
    const module = path.join(home, 'module');
    cpSync(MODULE_FOLDER, module, { recursive: true });
    const elsewhere = path.join(home, 'manifests');
    const program = path.join(module, 'bin', 'dllet.cjs');
    const backend = simulated(home);
    expect(await dllet(['dsc', 'manifest', NAME, '--module', module, '--out', elsewhere, ...backend])).toMatchObject({
      status: 0,
    });
    expect(getOf(elsewhere)).toMatchObject({ executable: 'node', args: expect.arrayContaining([program]) });
    await works(elsewhere);
    const byItself = path.join(home, 'by-itself');
    expect(await runNode([program, 'dsc', 'manifest', '--out', byItself, ...backend])).toMatchObject({ status: 0 });
    for (const file of FILES)
      expect(readFileSync(path.join(byItself, file), 'utf8')).toBe(readFileSync(path.join(elsewhere, file), 'utf8'));
    for (const [folder, script] of [
      [module, './bin/dllet.cjs'],
      [path.join(module, 'manifests'), '../bin/dllet.cjs'],
    ] as const) {
      expect(await runNode([program, 'dsc', 'manifest', '--out', folder, ...backend])).toMatchObject({ status: 0 });
      expect(getOf(folder).args[0]).toBe(script);
      await works(folder);
    }
    const plain = await runNode([program, 'dsc', 'manifest', '--out', module]);
    expect(plain).toMatchObject({ status: 0 });
    for (const file of FILES)
      expect(readFileSync(path.join(module, file), 'utf8')).toBe(readFileSync(path.join(MODULE_FOLDER, file), 'utf8'));
  });

  it("name the module's own node.exe where it has one, and the one that was asked for before that", async () => {
    const home = temporaryDirectory();
    const module = path.join(home, 'module');
    mkdirSync(path.join(module, 'bin'), { recursive: true });
    for (const file of ['dllet.cjs', 'definition.json'])
      cpSync(path.join(MODULE_FOLDER, 'bin', file), path.join(module, 'bin', file));
    writeFileSync(path.join(module, 'bin', 'node.exe'), '');
    const write = (folder: string, ...more: string[]) =>
      dlletInside(['dsc', 'manifest', NAME, '--module', module, '--out', folder, ...more]);
    await write(module);
    expect(getOf(module).executable).toBe('bin/node.exe');
    await write(path.join(home, 'other'));
    expect(getOf(path.join(home, 'other')).executable).toBe(path.join(module, 'bin', 'node.exe'));
    await write(module, '--node', process.execPath);
    expect(getOf(module).executable).toBe(process.execPath);
  });

  it('--check compares and writes nothing', async () => {
    const directory = path.join(temporaryDirectory(), 'manifests');
    const args = ['dsc', 'manifest', NAME, '--out', directory];
    expect(await dlletInside([...args, '--check'])).toMatchObject({ status: 1 });
    expect(() => readdirSync(directory)).toThrow();
    expect(await dlletInside(args)).toMatchObject({ status: 0 });
    expect(await dlletInside([...args, '--check'])).toMatchObject({ status: 0, stdout: '', stderr: '' });
    writeFileSync(path.join(directory, FILES[1] as string), '{}');
    const { status, stdout, stderr } = await dlletInside([...args, '--check']);
    expect(status).toBe(1);
    expect(stdout.trim().split('\n')).toEqual([expect.stringMatching(/^differs .*\.dsc\.manifests\.json$/)]);
    expect(stderr).toContain('without --check');
    expect(readFileSync(path.join(directory, FILES[1] as string), 'utf8')).toBe('{}');
  });

  it.each<[string[], RegExp]>([
    [['manifest', NAME], /--out is missing/],
    [['manifest'], /the definition is missing/],
    [['manifest', NAME, 'x', '--out', 'y'], /'x' is an unexpected argument/],
    [['manifest', NAME, '--out', 'y', '--node', 'node'], /--node must be an absolute path/],
    [['manifest', NAME, '--out', 'y', '--module', 'nowhere'], /is not a module/],
    [['manifest', NAME, '--frob'], /--frob/],
  ])('wrong usage %j: exit status 2', async (args, message) => {
    const { status, stdout, stderr } = await dllet(['dsc', ...args], { cwd: temporaryDirectory() });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

it('an operation loads no command line, no schema compiler and no template', async () => {
  const directory = temporaryDirectory();
  const input = JSON.stringify(block(5000, 20));
  const { status, scripts } = await loadedScripts([
    CLI,
    'dsc',
    'get',
    NAME,
    ONE,
    '--input',
    input,
    ...simulated(directory),
  ]);
  expect(status).toBe(0);
  const packages = new Set(scripts.flatMap((url) => url.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? []));
  expect([...packages].filter((name) => ['yargs', 'ejs', 'koffi', 'ajv', 'node-powershell'].includes(name))).toEqual(
    [],
  );
  expect(scripts.filter((url) => /\/dist\/(generator|native|powershell|package)\//.test(url))).toEqual([]);
  expect(scripts.filter((url) => /instance-schema|dsc\/manifest/.test(url))).toEqual([]);
});

it('dllet --help and dllet dsc --help tell of it', async () => {
  expect((await dllet(['--help'])).stdout).toContain('dllet dsc <operation>');
  expect((await dllet(['dsc', '--help'])).stdout).toContain('--what-if');
});

/** The program of a module offers the functions of its definition and nothing else: no message can name a library, a path or code. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import type { Definition } from '../../src/definition/types.js';
import { installProgram } from '../../src/generator/program.js';
import { copyStandIn } from '../standin/build.js';
import { CLI, ROOT, runNode } from '../support/cli.js';
import { temporaryDirectory } from '../support/directories.js';

const LOOKUP = 'LookupPersistentUdpPortReservation';
const BLOCK = { StartPort: 5000, NumberOfPorts: 20 };

let definition: Definition;
let whole = '';

beforeAll(async () => {
  definition = await loadDefinition('PersistentPortReservation');
  whole = mkdtempSync(path.join(tmpdir(), 'dllet-program-'));
  await installProgram(whole, definition);
});

afterAll(() => rmSync(whole, { recursive: true, force: true }));

interface Reply {
  readonly id: number;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly code: number; readonly message: string };
}

/** Returns the program's answers to requests, with ids from 1. */
async function ask(requests: readonly { method: string; params?: object }[], library: string): Promise<Reply[]> {
  const input = requests.map((one, index) => `${JSON.stringify({ jsonrpc: '2.0', id: index + 1, ...one })}\n`).join('');
  const args = [path.join(whole, 'bin', 'dllet.cjs'), 'serve', '--library', library];
  const { status, stdout, stderr } = await runNode(args, { input });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const replies = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Reply);
  return replies.sort((one, other) => one.id - other.id);
}

/** A stand-in that writes down every call, and whether there was one. */
function recorder(): { library: string; wasCalled: () => boolean } {
  const library = copyStandIn(temporaryDirectory(), { state: 'udp 5000 20 77\n', record: true });
  return { library, wasCalled: () => readFileSync(`${library}.record`, 'utf8') !== '' };
}

describe('a message', () => {
  /** Names under which one would look for a door. */
  const DOORS = [
    'library',
    'LibraryPath',
    'path',
    'file',
    'fileName',
    'backend',
    'definition',
    'provider',
    'operation',
    'module',
    'require',
    'import',
    'code',
    'script',
    'eval',
    'node',
    'command',
    'args',
    'env',
    'cwd',
    'state',
    'constructor',
    '__proto__',
  ];

  it('cannot add anything to the parameters of a function or an operation', async () => {
    const { library, wasCalled } = recorder();
    const methods = [...Object.keys(definition.functions), ...Object.keys(definition.operations)];
    // Text, because the member __proto__ of an object literal would be none.
    const params = (door: string) =>
      JSON.parse(`{"StartPort":5000,"NumberOfPorts":20,${JSON.stringify(door)}:"/evil"}`);
    const requests = methods.flatMap((method) => DOORS.map((door) => ({ method, params: params(door) })));
    const replies = await ask(requests, library);
    expect(replies).toHaveLength(requests.length);
    replies.forEach(({ error }, index) => {
      const door = DOORS[index % DOORS.length];
      expect(error).toMatchObject({ code: -32602, message: expect.stringContaining(`'${door}' is not a parameter`) });
    });
    expect(wasCalled()).toBe(false);
  });

  it('cannot do so by a pipeline, or by the handshake', async () => {
    const { library, wasCalled } = recorder();
    const columns = { StartPort: [5000], NumberOfPorts: [20] };
    const [top, column, greeting, plain] = await ask(
      [
        { method: 'dllet.callMany', params: { function: LOOKUP, columns, library: '/evil' } },
        { method: 'dllet.callMany', params: { function: LOOKUP, columns: { ...columns, library: ['/evil'] } } },
        { method: 'dllet.handshake', params: { library: '/evil', backend: 'simulated' } },
        { method: 'dllet.handshake' },
      ],
      library,
    );
    expect(top?.error).toMatchObject({
      code: -32602,
      message: expect.stringContaining('"library" is not allowed here'),
    });
    expect(JSON.stringify(column?.result?.errors)).toContain("'library' is not a parameter");
    expect(greeting?.result).toEqual(plain?.result);
    expect(plain?.result).toMatchObject({ library, backend: 'native' });
    expect(wasCalled()).toBe(false);
  });

  it('cannot ask for another function, of this library or of any', async () => {
    const { library, wasCalled } = recorder();
    const names = [
      ...DOORS,
      'AnyUnsigned64',
      'StandinSleep',
      'DllMain',
      'LoadLibraryW',
      'GetTickCount',
      `${library}!${LOOKUP}`,
      `../${LOOKUP}`,
      LOOKUP.toLowerCase(),
      `${LOOKUP}\u0000`,
      'call',
      'serve',
      'dllet.load',
      'dllet.serve',
      'ports.excludedRanges',
      'excludedRanges',
    ];
    const direct = names.map((method) => ({ method, params: BLOCK }));
    const many = names.map((name) => ({
      method: 'dllet.callMany',
      params: { function: name, columns: { StartPort: [5000], NumberOfPorts: [20] } },
    }));
    const replies = await ask([...direct, ...many], library);
    expect(replies.map(({ error }) => error?.code)).toEqual(replies.map(() => -32601));
    expect(replies).toHaveLength(2 * names.length);
    expect(wasCalled()).toBe(false);
  });

  it('and that would show: a call is written down', async () => {
    const { library, wasCalled } = recorder();
    expect(await ask([{ method: LOOKUP, params: BLOCK }], library)).toMatchObject([{ result: { Token: '77' } }]);
    expect(wasCalled()).toBe(true);
  });
});

describe('the command line', () => {
  it.each([
    ['second definition', ['call', 'other.definition.json', LOOKUP, JSON.stringify(BLOCK)]],
    ['definition as an option', ['serve', '--definition', 'other.definition.json']],
    ['library by its name', ['serve', '--library', 'evil.dll']],
    ['command but its own', ['generate']],
  ])('takes no %s', async (_name, args) => {
    const { status, stdout, stderr } = await runNode([path.join(whole, 'bin', 'dllet.cjs'), ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).not.toBe('');
  });
});

describe('the options of serve', () => {
  it.each([['--trace'], ['--parent', '1'], ['--trace', 'before']])('are none of call: %s %s', async (...given) => {
    const call = ['call', LOOKUP, JSON.stringify(BLOCK), '--backend', 'simulated'];
    const args = given.at(-1) === 'before' ? [given[0] ?? '', ...call] : [...call, ...given];
    const { status, stdout, stderr } = await runNode([path.join(whole, 'bin', 'dllet.cjs'), ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(`Unknown option: ${given[0]}`);
    expect(stderr).toContain('usage: dllet.cjs call <function> [json] [options]');
  });
});

describe('koffi', () => {
  /** A copy of the program below a folder whose node_modules has a koffi that leaves a mark. */
  function planted(): { program: string; wasLoaded: () => boolean } {
    const above = temporaryDirectory();
    const evil = path.join(above, 'node_modules', 'koffi');
    mkdirSync(evil, { recursive: true });
    writeFileSync(
      path.join(evil, 'index.js'),
      "require('node:fs').writeFileSync(__filename + '.loaded', ''); module.exports = {};",
    );
    cpSync(path.join(whole, 'bin'), path.join(above, 'module', 'bin'), { recursive: true });
    return {
      program: path.join(above, 'module', 'bin'),
      wasLoaded: () => existsSync(path.join(evil, 'index.js.loaded')),
    };
  }

  const call = (program: string) =>
    runNode([path.join(program, 'dllet.cjs'), 'call', LOOKUP, JSON.stringify(BLOCK), '--library', recorder().library]);

  it('of a folder above is not taken in place of the own one', async () => {
    const { program, wasLoaded } = planted();
    expect(JSON.parse((await call(program)).stdout)).toMatchObject({ result: { Token: '77' } });
    expect(wasLoaded()).toBe(false);
  });

  it.each(['@koromix'])('nor where the own %s is missing: that is an error', async (part) => {
    const { program, wasLoaded } = planted();
    rmSync(path.join(program, 'node_modules', part), { recursive: true });
    const { status, stderr } = await call(program);
    expect(status).toBe(2);
    expect(stderr).toContain('the module is incomplete');
    expect(wasLoaded()).toBe(false);
  });

  it('and that would show: whatever asks for it from there gets it', async () => {
    const { program, wasLoaded } = planted();
    rmSync(path.join(program, 'node_modules'), { recursive: true });
    expect(readdirSync(program)).not.toContain('node_modules');
    writeFileSync(path.join(program, 'asks.cjs'), "require('koffi')");
    expect((await runNode([path.join(program, 'asks.cjs')])).status).toBe(0);
    expect(wasLoaded()).toBe(true);
  });
});

it('too old a node is told by its version', async () => {
  const pretend = path.join(temporaryDirectory(), 'old.cjs');
  writeFileSync(pretend, "Object.defineProperty(process.versions, 'node', { value: '20.18.3' });");
  const environment = { environment: { NODE_OPTIONS: `--require ${pretend}` } };
  const { status, stderr } = await runNode([path.join(whole, 'bin', 'dllet.cjs'), 'serve'], environment);
  expect(status).toBe(2);
  const needed = `dllet needs Node.js 20.19 or later, but ${process.execPath} is version 20.18.3.\nInstall a later version `;
  expect(stderr.startsWith(needed)).toBe(true);
  // The command line and the scripts of a checkout say the same.
  const script = `import { requireNode } from '${pathToFileURL(path.join(ROOT, 'scripts', 'setup.mjs'))}'; requireNode()`;
  const scriptFile = path.join(path.dirname(pretend), 'script.mjs');
  writeFileSync(scriptFile, script);
  for (const args of [[CLI], [CLI, 'call'], [CLI, 'doctor'], [scriptFile]])
    expect(await runNode(args, environment)).toEqual({ status: 2, stdout: '', stderr });
});

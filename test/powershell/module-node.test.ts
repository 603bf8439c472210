/** A node that is missing, broken, silent or somebody else: one right error each, and the next call works. */
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toPlain } from '../../src/powershell/result.js';
import type { PowerShellSession } from '../../src/powershell/session.js';
import { copyStandIn } from '../standin/build.js';
import { MODULE, openEngine, quoted, SHELL_FUNCTIONS, useModule } from '../support/powershell-module.js';

const GET = 'Get-PersistentUdpPortReservationToken';
const CALL = `(${GET} 5000 20).Token`;

const bench = useModule();
let libraries = 0;

/** Imports the module with this as node. */
async function importWith(node: string, options: Record<string, number> = {}): Promise<void> {
  libraries += 1;
  const library = copyStandIn(path.join(bench.directory, `library-${libraries}`), { state: 'udp 5000 20 77\n' });
  await bench.import({ LibraryPath: library, NodePath: node, ...options });
}

/** The call fails with this id; then `node` is the real one, and the same session works. */
async function expectFailure(node: string, id: string): Promise<ReturnType<typeof bench.failure>> {
  const error = await bench.failure(CALL);
  expect(error).toMatchObject({
    fullyQualifiedErrorId: `${id},${GET}`,
    recommendedAction: expect.stringMatching(/^[A-Z]/),
  });
  expect(error.message).toContain(node);
  bench.script(path.basename(node), `exec '${process.execPath}' "$@"`);
  expect(await bench.output(CALL)).toEqual(['77']);
  return error;
}

describe.skipIf(process.platform === 'win32')('NodePath', () => {
  test('names nothing', async () => {
    const node = path.join(bench.directory, 'scripts', 'missing');
    await importWith(node);
    expect(await expectFailure(node, 'BridgeNotFound')).toMatchObject({ category: 'ObjectNotFound' });
  });

  test('names a folder', async () => {
    await importWith(bench.directory);
    expect(await bench.failure(CALL)).toMatchObject({ fullyQualifiedErrorId: `BridgeNotFound,${GET}` });
  });

  test('names a file that is no program', async () => {
    const node = bench.script('text', 'hello', '/nowhere/interpreter');
    await importWith(node);
    expect(await expectFailure(node, 'BridgeNotFound')).toMatchObject({ category: 'ResourceUnavailable' });
  });

  test('names a program that ends with a status and some words', async () => {
    const node = bench.script(
      'quits',
      'for n in 1 2 3 4 5 6 7 8 9 10 11 12; do echo "line $n of the end" >&2; done; exit 3',
    );
    await importWith(node);
    const { message, exceptionData } = await expectFailure(node, 'BridgeExited');
    expect(message).toContain('exit status 3');
    expect(message).toContain('line 12 of the end');
    expect(message).not.toContain('line 2 of');
    expect(exceptionData.exitStatus?.value).toBe('3');
  });

  test('names a program that ends without a word', async () => {
    const node = bench.script('silent', 'exit 0');
    await importWith(node);
    expect((await expectFailure(node, 'BridgeExited')).message).toMatch(/ended with exit status 0\.$/);
  });

  test('names a program that says something else', async () => {
    const node = bench.script('garbage', 'read line; echo "Hello, what is your name?"; read line; read line');
    await importWith(node);
    expect(await expectFailure(node, 'BridgeProtocolError')).toMatchObject({
      category: 'ProtocolError',
      targetObject: { value: 'Hello, what is your name?' },
    });
  });

  test('names a program that says nothing', async () => {
    const node = bench.script('sleeps', 'exec sleep 60');
    await importWith(node, { TimeoutSeconds: 2 });
    const started = Date.now();
    const error = await bench.failure(CALL);
    expect(Date.now() - started).toBeLessThan(6000);
    expect(error).toMatchObject({ fullyQualifiedErrorId: `BridgeTimeout,${GET}`, category: 'OperationTimeout' });
    expect(error.message).toContain('2 seconds');
    bench.script('sleeps', `exec '${process.execPath}' "$@"`);
    expect(await bench.output(CALL)).toEqual(['77']);
  });
});

describe.skipIf(process.platform === 'win32')('the version of a node that ends at its start', () => {
  /** What an old node makes of the program: it does not understand its syntax. */
  const stumbles = (version: string) =>
    `[ "$1" = --version ] && { echo ${version}; exit 0; }; echo "SyntaxError: Unexpected token '??='" >&2; exit 1`;

  test.each(['v0.10.48', 'v14.21.3', 'v18.20.8', 'v20.18.3'])(
    '%s is too old: the error says which is needed',
    async (version) => {
      const node = bench.script(`node-${version}`, stumbles(version));
      await importWith(node);
      const error = await expectFailure(node, 'BridgeNotFound');
      expect(error.category).toBe('NotInstalled');
      expect(error.message).toBe(
        `The module needs Node.js 20.19 or later, but '${node}' is version ${version.slice(1)}.`,
      );
      expect(error.recommendedAction).toContain('Install Node.js 20.19 or later');
    },
  );

  test.each(['v20.19.0', 'v22.0.0', 'v100.0.0-nightly', 'hello', ''])(
    '%j is not: the error has its last words',
    async (version) => {
      const node = bench.script(`node-${version}-`, stumbles(version));
      await importWith(node);
      expect((await expectFailure(node, 'BridgeExited')).message).toContain("Unexpected token '??='");
    },
  );

  test('is not waited for if it does not come', async () => {
    const node = bench.script('hangs', '[ "$1" = --version ] && exec sleep 60; exit 1');
    await importWith(node);
    const started = Date.now();
    await expectFailure(node, 'BridgeExited');
    expect(Date.now() - started).toBeLessThan(12_000);
  });
});

describe.skipIf(process.platform === 'win32')('a program that answers', () => {
  const hello = (fields: object) => `{"jsonrpc":"2.0","id":$ID,"result":${JSON.stringify(fields)}}`;
  const greeting = () =>
    hello({
      definition: MODULE,
      version: bench.definition.version,
      backend: 'native',
      library: null,
      node: '20',
      nodePath: '/n',
      pid: 1,
    });
  const result = (text: string) => [greeting(), `{"jsonrpc":"2.0","id":$ID,"result":${text}}`];

  test.each<[string, () => string[]]>([
    [
      'for another version',
      () => [
        hello({
          definition: MODULE,
          version: '9.9.9',
          backend: 'native',
          library: null,
          node: '20',
          nodePath: '/n',
          pid: 1,
        }),
      ],
    ],
    [
      'for another definition',
      () => [
        hello({
          definition: 'Other',
          version: bench.definition.version,
          backend: 'native',
          library: null,
          node: '20',
          nodePath: '/n',
          pid: 1,
        }),
      ],
    ],
    ['with an empty handshake', () => [hello({})]],
    ['with an error at the handshake', () => ['{"jsonrpc":"2.0","id":$ID,"error":{"code":-32601,"message":"no"}}']],
    ['with no JSON at the handshake', () => ['{"jsonrpc":"2.0","id":$ID,"result":']],
    ['with no JSON', () => [greeting(), '{"jsonrpc":"2.0","id":$ID,"result":{"columns":{"Token":["77"']],
    [
      'with another id',
      () => [greeting(), '{"jsonrpc":"2.0","id":99,"result":{"columns":{"Token":["77"]},"errors":[]}}'],
    ],
    ['with an id that is text', () => [greeting(), '{"jsonrpc":"2.0","id":"$ID","result":{}}']],
    ['with an array', () => [greeting(), '[{"jsonrpc":"2.0","id":$ID,"result":{}}]']],
    [
      'that it refuses',
      () => [greeting(), '{"jsonrpc":"2.0","id":$ID,"error":{"code":-32601,"message":"no such method"}}'],
    ],
    ['with null', () => result('null')],
    ['with a text', () => result('"77"')],
    ['without columns', () => result('{"errors":[]}')],
    ['with null for columns', () => result('{"columns":null,"errors":[]}')],
    ['without the column', () => result('{"columns":{},"errors":[]}')],
    ['with too few values', () => result('{"columns":{"Token":[]},"errors":[]}')],
    ['with too many values', () => result('{"columns":{"Token":["1","2"]},"errors":[]}')],
    ['with null for a value', () => result('{"columns":{"Token":[null]},"errors":[]}')],
    ['with words for a value', () => result('{"columns":{"Token":["abc"]},"errors":[]}')],
    ['with an error for no row', () => result('{"columns":{"Token":[null]},"errors":[{"index":"x"}]}')],
    ['with an error that says nothing', () => result('{"columns":{"Token":[null]},"errors":[{"index":0}]}')],
    [
      'with an error without its facts',
      () => result('{"columns":{"Token":[null]},"errors":[{"index":0,"error":{"message":"no"}}]}'),
    ],
  ])('%s: one BridgeProtocolError', async (name, replies) => {
    const node = bench.fakeNode(name.replaceAll(' ', '-'), replies());
    await importWith(node);
    await expectFailure(node, 'BridgeProtocolError');
  });
});

/** Who is asked is known when the greeting is read: until then only what changes nothing is sent. */
describe.skipIf(process.platform === 'win32')('before its greeting is read', () => {
  const HANDSHAKE = 'dllet.handshake';

  /** The methods that a program was sent which waits for half a second, and then says that it is another one. */
  async function asked(name: string, command: string): Promise<unknown[]> {
    const record = path.join(bench.directory, `asked-${name}.txt`);
    const code = `const { appendFileSync } = require('node:fs');
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method } = JSON.parse(line);
  appendFileSync(${JSON.stringify(record)}, method + '\\n');
  if (method === '${HANDSHAKE}') setTimeout(() => console.log(JSON.stringify({ jsonrpc: '2.0', id, result: {} })), 500);
});`;
    await importWith(bench.script(`other-${name}`, code, process.execPath));
    expect((await bench.failure(command)).fullyQualifiedErrorId).toMatch(/^BridgeProtocolError,/);
    return readFileSync(record, 'utf8').trimEnd().split('\n');
  }

  test('a lookup has been asked for', async () => {
    expect(await asked('reads', CALL)).toEqual([HANDSHAKE, 'LookupPersistentUdpPortReservation']);
  });

  test('no change has', async () => {
    expect(new Set(await asked('creates', 'New-PersistentUdpPortReservation 6000 2'))).toEqual(new Set([HANDSHAKE]));
    expect(new Set(await asked('deletes', 'Remove-PersistentUdpPortReservation 6000 2 -Force'))).toEqual(
      new Set([HANDSHAKE]),
    );
  });
});

describe('without NodePath', () => {
  const folder = path.dirname(process.execPath);

  async function importPlain(): Promise<void> {
    libraries += 1;
    const library = copyStandIn(path.join(bench.directory, `library-${libraries}`), { state: 'udp 5000 20 77\n' });
    expect((await bench.tryImport({ LibraryPath: library })).errors).toEqual([]);
  }

  const withPath = (value: string, script: string) =>
    `$kept = $env:PATH; $env:PATH = ${value}; try { ${script} } finally { $env:PATH = $kept }`;

  test('node comes from a folder of PATH', async () => {
    await importPlain();
    const value = `'relative' + [System.IO.Path]::PathSeparator + ${quoted(folder)}`;
    expect(await bench.output(withPath(value, CALL))).toEqual(['77']);
  });

  test.each([
    ['an empty PATH', "''"],
    ['no PATH', '$null'],
    ['relative folders alone', "'.' + [System.IO.Path]::PathSeparator + 'bin'"],
  ])('%s: it is not found', async (_name, value) => {
    await importPlain();
    expect(await bench.failure(withPath(value, CALL))).toMatchObject({
      fullyQualifiedErrorId: `BridgeNotFound,${GET}`,
      category: 'ObjectNotFound',
      recommendedAction: expect.stringContaining('NodePath'),
    });
  });

  test('node settings of the session do not reach the bridge', async () => {
    await importPlain();
    const script = `$env:NODE_OPTIONS = '--require /nowhere/evil.js'; try { ${CALL} } finally { $env:NODE_OPTIONS = $null }`;
    expect(await bench.output(script)).toEqual(['77']);
  });
});

test.skipIf(process.platform === 'win32')(
  'a first call can be left at any moment: no program is left over',
  async () => {
    const record = path.join(bench.directory, 'asleep.txt');
    const asleep = bench.script('asleep', `echo $$ >> "${record}"\nexec sleep 60`);
    const library = copyStandIn(path.join(bench.directory, 'left'), { state: '' });
    const script = bench.importLine({ NodePath: asleep, LibraryPath: library });
    const moments = [5, 20, 40, 60, 80, 110, 150, 250];
    const stopped = await bench.output(`${SHELL_FUNCTIONS}
    foreach ($moment in ${moments.join(', ')}) {
      $shell = New-Shell
      $null = $shell.AddScript(${quoted(script)}).Invoke()
      $shell.Commands.Clear()
      $null = $shell.AddScript(${quoted(CALL)})
      $null = $shell.BeginInvoke()
      [System.Threading.Thread]::Sleep($moment)
      $shell.Stop()
      [string]$shell.InvocationStateInfo.State
      Remove-Shell $shell
    }`);
    expect(stopped).toEqual(moments.map(() => 'Stopped'));
    const started = readFileSync(record, 'utf8').trimEnd().split('\n').map(Number);
    expect(started.length).toBeGreaterThan(0);
    expect(await bench.survivors(started)).toEqual([]);
  },
);

describe.each([
  ['the facts', 'facts.json'],
  ['the program', path.join('bin', 'dllet.cjs')],
])('a module without %s', (_what, name) => {
  test.each(['Continue', 'SilentlyContinue'])(
    'says so once a call, and works when the file is back, with errors on %s',
    async (preference) => {
      const file = path.join(path.dirname(bench.manifest), name);
      renameSync(file, `${file}.away`);
      try {
        await importWith(bench.node);
        const { output, errors } = await bench.run(`$global:ErrorActionPreference = '${preference}'; ${CALL}`);
        expect(output).toEqual([]);
        expect(errors).toMatchObject([
          { fullyQualifiedErrorId: `BridgeNotFound,${GET}`, message: expect.stringContaining(file), terminating: true },
        ]);
        expect(errors[0]?.recommendedAction).toContain('npm run quickstart');
      } finally {
        renameSync(`${file}.away`, file);
        await bench.run("$global:ErrorActionPreference = 'Continue'");
      }
      expect(await bench.output(CALL)).toEqual(['77']);
    },
  );
});

describe('without the client', () => {
  let engine: PowerShellSession;

  // Runs in a separate process, because the client is already loaded in the process of the bench.
  beforeAll(async () => {
    engine = await openEngine();
  });
  afterAll(() => engine.close());

  test.each(['Continue', 'SilentlyContinue'])(
    'an import fails, with errors on %s, and leaves no command',
    async (preference) => {
      const bin = path.join(path.dirname(bench.manifest), 'bin');
      const [client = ''] = readdirSync(bin).filter((file) => /^Dllet\.Client\..*\.dll$/.test(file));
      const file = path.join(bin, client);
      renameSync(file, `${file}.away`);
      try {
        const { errors } = await engine.run(
          `$ErrorActionPreference = '${preference}'; ${bench.importLine({ NodePath: bench.node })}`,
        );
        // In a try, as in these sessions, what is thrown is not passed over.
        const told = {
          fullyQualifiedErrorId: expect.stringMatching(/^BridgeNotFound,/),
          category: 'ObjectNotFound',
          message: `The module is incomplete: '${file}' is missing. In a clone, run 'npm run quickstart' first.`,
          terminating: true,
        };
        expect(errors).toMatchObject([told]);
        writeFileSync(file, 'blocked');
        const blocked = await engine.run(bench.importLine({ NodePath: bench.node }));
        expect(blocked.errors.at(-1)).toMatchObject({
          fullyQualifiedErrorId: expect.stringMatching(/^BridgeNotFound,/),
          recommendedAction: expect.stringMatching(/Get-ChildItem -LiteralPath '.*' -Recurse \| Unblock-File$/),
        });
        rmSync(file);
        const { output } = await engine.run(
          `@(Get-Command -Module ${MODULE}).Count; $null -eq (Get-Command ${GET} -ErrorAction Ignore)`,
        );
        expect(output.map(toPlain)).toEqual(['0', 'True']);
      } finally {
        renameSync(`${file}.away`, file);
      }
    },
  );
});

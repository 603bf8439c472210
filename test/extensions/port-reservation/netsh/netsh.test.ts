import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DlletError } from '../../../../src/definition/errors.js';
import { createNetshSource, type NetshOptions } from '../../../../src/extensions/port-reservation/netsh/netsh.js';
import type {
  ProgramCall,
  ProgramResult,
  RunProgram,
} from '../../../../src/extensions/port-reservation/netsh/netsh-run.js';
import type { RangeQuery, Store } from '../../../../src/extensions/port-reservation/ports/types.js';

type Query = RangeQuery & { readonly store: Store };

const QUERY: Query = { protocol: 'Udp', addressFamily: 'IPv4', store: 'Active' };
const TABLE =
  '\r\nBeliebiger Titel\r\n\r\nA      B\r\n----- -----\r\n  10    20\r\n  30    30   *\r\n\r\n* - Text.\r\n\r\n';
const DYNAMIC = '\r\nTitel\r\n------\r\nStart : 49152\r\nZahl  : 16384\r\n\r\n';
const UNKNOWN = 'The following command was not found: interface ipv4 show dynamicportrange.\r\n';

describe('the commands', () => {
  it.each<[string, Query, string]>([
    ['udp, IPv4, active', QUERY, 'interface ipv4 show excludedportrange protocol=udp store=active'],
    [
      'tcp, IPv6, persistent',
      { protocol: 'Tcp', addressFamily: 'IPv6', store: 'Persistent' },
      'interface ipv6 show excludedportrange protocol=tcp store=persistent',
    ],
  ])('asks for exclusions: %s', async (_name, query, args) => {
    const { source, calls } = recorded(() => printing(TABLE));
    const { protocol, addressFamily } = query;
    expect(await source.excludedRanges(query)).toEqual([
      { protocol, addressFamily, startPort: 10, endPort: 20, administered: false },
      { protocol, addressFamily, startPort: 30, endPort: 30, administered: true },
    ]);
    expect(calls.map((call) => call.args.join(' '))).toEqual([args]);
  });

  it('runs netsh.exe of the system directory, there, with an environment of its own', async () => {
    const { source, calls } = recorded(() => printing(TABLE));
    await source.excludedRanges(QUERY);
    expect(calls).toEqual([
      {
        path: 'D:\\Win\\System32\\netsh.exe',
        args: ['interface', 'ipv4', 'show', 'excludedportrange', 'protocol=udp', 'store=active'],
        cwd: 'D:\\Win\\System32',
        env: { SystemRoot: 'D:\\Win', windir: 'D:\\Win', PATH: 'D:\\Win\\System32' },
        timeoutMs: 15_000,
      },
    ]);
  });

  it('asks for the dynamic range by the new spelling', async () => {
    const { source, calls } = recorded(() => printing(DYNAMIC));
    const { protocol, addressFamily } = QUERY;
    const range = { protocol, addressFamily, startPort: 49_152, numberOfPorts: 16_384 };
    expect(await source.dynamicRange(QUERY)).toEqual(range);
    expect(calls.map(({ args }) => args[3])).toEqual(['dynamicportrange']);
  });

  it.each([
    ['fails', printing(UNKNOWN, 1)],
    ['prints no table', printing(UNKNOWN)],
  ])('then by the old one, if the new one %s', async (_name, first) => {
    const { source, calls } = recorded((call) => (call.args[3] === 'dynamicport' ? printing(DYNAMIC) : first));
    expect(await source.dynamicRange({ ...QUERY, store: 'Persistent' })).toMatchObject({ startPort: 49_152 });
    expect(calls.map((call) => call.args.slice(3).join(' '))).toEqual([
      'dynamicportrange protocol=udp store=persistent',
      'dynamicport protocol=udp store=persistent',
    ]);
  });

  it('tells both failures when neither spelling works', async () => {
    const { source } = recorded(() => printing(UNKNOWN, 1));
    const error = await errorOf(source.dynamicRange(QUERY));
    expect(error).toMatchObject({ id: 'NetshFailed', cause: { id: 'NetshFailed' } });
    expect(error.message).toMatch(/show dynamicport protocol.*show dynamicportrange protocol/);
  });

  it('does not ask again when netsh gave no answer at all', async () => {
    const { source, calls } = recorded(() => ({ ...printing(''), status: null, failure: 'it did not end' }));
    expect(await errorOf(source.dynamicRange(QUERY))).toMatchObject({ id: 'NetshFailed' });
    expect(calls).toHaveLength(1);
  });
});

describe('where netsh is', () => {
  it.each(['netsh', 'bin/netsh', '', './netsh.exe', '/bin/net\0sh'])('refuses the path %j', async (netshPath) => {
    const { source, calls } = recorded(() => printing(TABLE), { netshPath });
    expect(await errorOf(source.excludedRanges(QUERY))).toMatchObject({ id: 'InvalidParameter' });
    expect(calls).toEqual([]);
  });

  it.each([
    ['is not told', () => undefined],
    [
      'cannot be asked for',
      () => {
        throw new Error('no such function');
      },
    ],
  ])('fails if the system directory %s', async (_name, systemDirectory) => {
    const { source, calls } = recorded(() => printing(TABLE), { systemDirectory });
    const error = await errorOf(source.excludedRanges(QUERY));
    expect(error).toMatchObject({ id: 'NetshFailed', category: 'ResourceUnavailable' });
    expect(error.message).toContain('directory');
    expect(calls).toEqual([]);
  });

  it.each<NodeJS.Platform>(['linux', 'darwin'])('is not looked for on %s', async (platform) => {
    const { source, calls } = recorded(() => printing(TABLE), { platform, netshPath: '/bin/true' });
    for (const question of [source.excludedRanges(QUERY), source.dynamicRange(QUERY)]) {
      const error = await errorOf(question);
      expect(error).toMatchObject({ id: 'PlatformNotSupported', category: 'NotImplemented', data: { platform } });
      expect(error.recommendedAction).toContain('simulated');
    }
    expect(calls).toEqual([]);
  });

  it.runIf(process.platform !== 'win32')('takes the platform of this process by itself', async () => {
    const error = await errorOf(createNetshSource().excludedRanges(QUERY));
    expect(error).toMatchObject({ id: 'PlatformNotSupported', data: { platform: process.platform } });
  });
});

describe('answers that are none', () => {
  it('names command, exit status and output of a failed run', async () => {
    const { source } = recorded(() => ({ ...printing('Zugriff verweigert \x84\x07', 5) }));
    const error = await errorOf(source.excludedRanges(QUERY));
    const command = 'D:\\Win\\System32\\netsh.exe interface ipv4 show excludedportrange protocol=udp store=active';
    const output = String.raw`Zugriff verweigert \x84\x07`;
    expect(error).toMatchObject({ id: 'NetshFailed', category: 'ResourceUnavailable' });
    expect(error.data).toEqual({ command, exitStatus: 5, output });
    expect(error.message).toBe(
      `netsh did not answer: it ended with exit status 5. It printed: "${output}". Command: ${command}.`,
    );
  });

  it('does not believe a table that a failed run printed', async () => {
    const { source } = recorded(() => printing(TABLE, 1));
    expect(await errorOf(source.excludedRanges(QUERY))).toMatchObject({ id: 'NetshFailed' });
  });

  it.each(['', '\r\n', 'Ein Fehler ist aufgetreten.\r\n', TABLE.replace('20', '2')])(
    'takes %j with exit status 0 for unreadable, not for no ranges',
    async (text) => {
      const { source } = recorded(() => printing(text));
      const error = await errorOf(source.excludedRanges(QUERY));
      expect(error).toMatchObject({ id: 'NetshOutputUnreadable', category: 'InvalidData' });
      expect(error.data).toMatchObject({ exitStatus: 0, command: expect.stringContaining('excludedportrange') });
      expect(error.message).toContain('Exit status: 0.');
    },
  );

  it('reports a runner that rejects', async () => {
    const run: RunProgram = () => Promise.reject(new Error('spawn is not permitted'));
    const source = createNetshSource({ platform: 'win32', systemDirectory: () => 'C:\\W\\S', run });
    const error = await errorOf(source.excludedRanges(QUERY));
    expect(error).toMatchObject({ id: 'NetshFailed', cause: { message: 'spawn is not permitted' } });
  });
});

describe.skipIf(process.platform === 'win32')('a real program in the place of netsh', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'dllet-netsh-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('gets its arguments one by one, no shell, an empty stdin and a minimal environment', async () => {
    const report = path.join(folder, 'report.json');
    const netshPath = await standIn(
      'net sh; $(touch planted) "&',
      `const fs = require('node:fs');
       const { argv, env } = process;
       fs.writeFileSync(${JSON.stringify(report)}, JSON.stringify({
         args: argv.slice(2), names: Object.keys(env), path: env.PATH, cwd: process.cwd(), stdin: fs.readFileSync(0, 'utf8'),
       }));
       process.stdout.write(${JSON.stringify(TABLE)});`,
    );
    process.env.DLLET_TEST_SECRET = 'x';
    const ranges = await createNetshSource({ platform: 'win32', netshPath }).excludedRanges(QUERY);
    delete process.env.DLLET_TEST_SECRET;
    const here = path.dirname(netshPath);
    expect(ranges).toHaveLength(2);
    expect(JSON.parse(await readFile(report, 'utf8'))).toEqual({
      args: ['interface', 'ipv4', 'show', 'excludedportrange', 'protocol=udp', 'store=active'],
      names: ['SystemRoot', 'windir', 'PATH'],
      path: here,
      cwd: here,
      stdin: '',
    });
    await expect(readFile(path.join(here, 'planted'))).rejects.toThrow('ENOENT');
  });

  it('may print a table in any code page and something on stderr', async () => {
    const bytes = [...Buffer.from('T\x82\xa0\r\n--- ---\r\n 7 8\r\n* - \xff\r\n', 'latin1')];
    const netshPath = await standIn('codepage', `console.error('x'); process.stdout.write(Buffer.from([${bytes}]));`);
    const ranges = await createNetshSource({ platform: 'win32', netshPath }).excludedRanges(QUERY);
    expect(ranges).toEqual([{ protocol: 'Udp', addressFamily: 'IPv4', startPort: 7, endPort: 8, administered: false }]);
  });

  it.each([
    [
      'exits with 3',
      'process.exitCode = 3; console.log("no \\u0007 luck")',
      'NetshFailed',
      /exit status 3.*no \\x07 luck/,
    ],
    ['complains on stderr', 'process.exitCode = 1; console.error("broken")', 'NetshFailed', /status 1.*"broken"/],
    ['says nothing', '', 'NetshOutputUnreadable', /It printed nothing/],
    [
      'prints rubbish',
      'process.stdout.write(require("node:crypto").randomBytes(2000).map((b) => b | 128))',
      'NetshOutputUnreadable',
      /dash line/,
    ],
    ['is killed', 'process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 5000)', 'NetshFailed', /SIGTERM/],
    [
      'prints without end',
      'const b = Buffer.alloc(1 << 20, 45); (function more() { process.stdout.write(b, more); })()',
      'NetshFailed',
      /printed more than/,
    ],
  ])('is an error when it %s', async (name, script, id, message) => {
    const netshPath = await standIn(name.replaceAll(' ', '-'), script);
    const error = await errorOf(createNetshSource({ platform: 'win32', netshPath }).excludedRanges(QUERY));
    expect(error.id).toBe(id);
    expect(error.message).toMatch(message);
    expect(error.message).toContain(`${netshPath} interface ipv4 show`);
    expect(error.message.length).toBeLessThan(1000);
  });

  it('is stopped after the time limit, even if it does not want to', async () => {
    const script = 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); process.stdout.write("---- ----\\n")';
    const netshPath = await standIn('hangs', script);
    const source = createNetshSource({ platform: 'win32', netshPath, timeoutMs: 400 });
    const begun = performance.now();
    const error = await errorOf(source.excludedRanges(QUERY));
    expect(error.id).toBe('NetshFailed');
    expect(error.message).toContain('did not end within 0.4 s');
    expect(performance.now() - begun).toBeLessThan(5000);
  });

  it.each([
    ['is missing', 'missing', undefined, /does not exist \(ENOENT\)/],
    ['may not be executed', 'plain', 0o644, /could not be started \(EACCES\)/],
  ])('is an error when it %s', async (_name, file, mode, message) => {
    const netshPath = path.join(folder, file);
    if (mode !== undefined) await writeFile(netshPath, 'x', { mode });
    const error = await errorOf(createNetshSource({ platform: 'win32', netshPath }).excludedRanges(QUERY));
    expect(error.id).toBe('NetshFailed');
    expect(error.message).toMatch(message);
  });

  /** An executable node program in a folder of its own. */
  async function standIn(name: string, script: string): Promise<string> {
    const directory = path.join(folder, name);
    await mkdir(directory);
    const file = path.join(directory, 'netsh');
    await writeFile(file, `#!${process.execPath}\n${script}\n`);
    await chmod(file, 0o755);
    return file;
  }
});

function recorded(answer: (call: ProgramCall) => ProgramResult, options: NetshOptions = {}) {
  const calls: ProgramCall[] = [];
  const run: RunProgram = async (call) => {
    calls.push(call);
    return answer(call);
  };
  const source = createNetshSource({ platform: 'win32', systemDirectory: () => 'D:\\Win\\System32', run, ...options });
  return { source, calls };
}

function printing(text: string, status = 0): ProgramResult {
  return { status, failure: null, stdout: Buffer.from(text, 'latin1'), stderr: Buffer.alloc(0) };
}

async function errorOf(promise: Promise<unknown>): Promise<DlletError> {
  const error = await promise.then(
    () => new Error('The promise was fulfilled.'),
    (reason: unknown) => reason,
  );
  if (error instanceof DlletError) return error;
  throw error;
}

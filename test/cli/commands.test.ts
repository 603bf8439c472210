import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CLI, dllet, ROOT } from '../support/cli.js';
import { dlletInside } from '../support/cli-inside.js';
import { editedSample, lineIn, toText } from '../support/definitions.js';
import { temporaryDirectory } from '../support/directories.js';

describe('the command line', () => {
  it.each<[string, readonly string[], RegExp]>([
    ['no command', [], /^A command is missing\.\n\n.*dllet validate <definition>/s],
    ['an unknown command', ['valdate', 'x'], /^Unknown command: dllet valdate\. Did you mean validate\?/],
    ['one that is like none', ['xyzzyxyzzy'], /^Unknown command: dllet xyzzyxyzzy\.\n/],
    [
      'an unknown option',
      ['explain', 'x', 'y', '--colour'],
      /^Unknown option: --colour\. Did you mean --color\?\nusage: /,
    ],
    [
      'one of a call',
      ['call', 'x', 'y', '--bakend=x'],
      /^Unknown option: --bakend\. Did you mean --backend\?\nusage: /,
    ],
    [
      'two',
      ['ports', 'use', '--protocl', 'x', '--zz', '1'],
      /^Unknown option: --protocl\. .*\nUnknown option: --zz\.\n/,
    ],
    ['one argument more', ['ports', 'find', '20', '30'], /^Unexpected argument: 30\n/],
    ['one of a call more', ['call', 'x', 'y', '{}', 'z'], /^'z' is an unexpected argument\nusage: /],
    ['no function', ['call', 'x'], /^the function is missing\nusage: /],
    [
      'a wrong word',
      ['ports', 'use', '--family', 'IPv5', '--family', 'ipv4'],
      /^Unknown value of --family: IPv5\. Did you mean IPv4\? Give IPv4 or IPv6\.\n/,
    ],
    ['a missing argument', ['explain', 'x'], /^Too few arguments: 1 given, at least 2 needed\nusage: dllet explain /],
    ['a missing option', ['generate', 'PersistentPortReservation'], /^A required option is missing: --out\nusage: /],
    ['an unknown action', ['simulation', 'restrt'], /^Unknown action: restrt\. Did you mean restart\? Give show, /],
    ['no definition there', ['validate', './no/such.json'], /cannot read the definition '\.\/no\/such\.json'/],
  ])('%s: status 2, the message on stderr', async (_name, args, message) => {
    const finished = await dlletInside(args);
    expect(finished).toMatchObject({ status: 2, stdout: '' });
    expect(finished.stderr).toMatch(message);
    expect(finished.stderr).not.toMatch(/^ +at .*:\d+:\d+/m);
  });

  it.each(
    'call serve new validate explain import coverage generate pack verify dsc ports simulation completion'
      .split(' ')
      .concat(['ports test', 'ports find', 'ports map']),
  )('%s alone is answered with its help and an example', async (command) => {
    const { status, stdout, stderr } = await dlletInside(command.split(' '));
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(`\n\ndllet ${command} `.trimEnd());
    expect(stderr).toMatch(/\nExamples:\n {2}\S*dllet |\nExamples:\n {2}source/);
  });

  it('of a program ends in the same way', async () => {
    for (const args of [[], ['validate', 'x', '--colour']]) expect(await dllet(args)).toEqual(await dlletInside(args));
  });

  it.each<[string, readonly string[], RegExp]>([
    ['--help', ['--help'], /dllet call.*dllet new.*dllet validate.*dllet explain.*dllet generate/s],
    ['the help of a call', ['call', '--help'], /--backend.*--library.*--prototype/s],
    ['--version', ['--version'], /^[0-9]+\.[0-9]+\.[0-9]+\n$/],
  ])('%s is on stdout', async (_name, args, text) => {
    const finished = await dllet(args);
    expect(finished).toMatchObject({ status: 0, stderr: '' });
    expect(finished.stdout).toMatch(text);
  });
});

describe('validate', () => {
  const broken = editedSample({ '/cmdlets/2/function': 'Missing', '/library/colour': 'red' });
  const fileWith = (text: string) => {
    const file = path.join(temporaryDirectory(), 'broken.json');
    writeFileSync(file, text);
    return file;
  };

  const HAS = "there is 'Read{Kind}', 'Write{Kind}', 'Ping'";

  it('lists every mistake as file:line', async () => {
    const file = fileWith(toText(broken));
    expect(await dlletInside(['validate', file])).toEqual({
      status: 1,
      stdout: [
        `${file}:${lineIn(broken, '/library')}: 'colour' is not known here (at /library)`,
        `${file}:${lineIn(broken, '/cmdlets/2/function')}: there is no function 'Missing'; ${HAS} (at /cmdlets/2/function)`,
        '',
      ].join('\n'),
      stderr: '',
    });
  });

  it('lists them as JSON', async () => {
    const file = fileWith('{\n  "a": 1\n');
    const { status, stdout } = await dllet(['validate', file, '--json']);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      file,
      valid: false,
      mistakes: [{ pointer: '', message: expect.stringContaining('not JSON') }],
    });
  });

  it('says what a valid definition holds', async () => {
    const { status, stdout } = await dlletInside(['validate', fileWith(toText(editedSample()))]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/: valid; 5 functions of sample\.dll, 5 cmdlets\n$/);
  });
});

describe('simulation', () => {
  it('shows, restarts and resets the simulated computer', async () => {
    const state = path.join(temporaryDirectory(), 'state.json');
    const run = async (action: string) => (await dlletInside(['simulation', action, '--state', state])).stdout;
    const create = [
      'call',
      'PersistentPortReservation',
      'CreatePersistentTcpPortReservation',
      '{"StartPort":7,"NumberOfPorts":2}',
    ];
    const { stdout } = await dllet([...create, '--backend', 'simulated', '--state', state]);
    const token = JSON.parse(stdout).result.Token as string;
    expect(await run('show')).toBe(`${state}: 0 restarts, 1 reservation\ntcp  7-8  2 ports  token ${token}\n`);
    const restarted = await run('restart');
    expect(restarted).toMatch(/: 1 restart, 1 reservation\ntcp {2}7-8 {2}2 ports {2}token [0-9]+\n$/);
    expect(restarted).not.toContain(`token ${token}\n`);
    expect(await run('reset')).toBe(`${state}: removed the state\n`);
    expect(await run('reset')).toBe(`${state}: removed nothing\n`);
  });

  it('changes tables of ports, holds ports, and loads pasted tables', async () => {
    const state = path.join(temporaryDirectory(), 'state.json');
    const run = async (...args: string[]) => {
      const finished = await dlletInside(['simulation', ...args, '--state', state]);
      return finished.status === 0 ? finished.stdout.split('\n').slice(1, -1) : finished.stderr || finished.stdout;
    };
    const tcp = ['--protocol', 'tcp', '--ports'];
    expect(await run('exclude', ...tcp, '50000-50059', '--administered')).toEqual([
      'tcp  50000-50059  excluded (administered)',
    ]);
    expect(await run('include', ...tcp, '50000-50059')).toEqual([]);
    expect(await run('include', ...tcp, '50000-50059')).toMatch(/ExclusionNotFound|no exclusion of exactly/);
    expect(await run('dynamic', ...tcp, '1024-65534')).toEqual(['tcp  1024-65534  dynamic range']);
    expect(await run('hold', ...tcp, '1433', '--process', 'sqlservr', '--pid', '77')).toEqual([
      'tcp  1024-65534  dynamic range',
      'tcp  1433  held by sqlservr, process 77',
    ]);
    expect(await run('hold', ...tcp, '1433')).toMatch(/--process <name>/);
    expect(await run('release', ...tcp, '1000..2000')).toEqual(['tcp  1024-65534  dynamic range']);
    expect(await run('dynamic', '--protocol', 'tcp', '--default')).toEqual([]);
    const file = path.join(temporaryDirectory(), 'pasted.txt');
    writeFileSync(file, 'A B\n----- -----\n  80   80\n');
    expect(await run('load', file, '--protocol', 'udp')).toEqual(['udp  80  excluded']);
    expect(await run('load', file)).toMatch(/no title above line 2/);
    expect(await run('load')).toMatch(/load needs a file/);
  });

  it('prints JSON, and refuses a relative path', async () => {
    const state = path.join(temporaryDirectory(), 'state.json');
    const shown = await dllet(['simulation', 'show', '--json', '--state', state]);
    expect(JSON.parse(shown.stdout)).toMatchObject({ restarts: 0, reservations: [] });
    expect(await dlletInside(['simulation', 'show', '--state', 'x'])).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(/absolute path/),
    });
  });
});

it.skipIf(process.platform === 'win32')('a reader that has seen enough ends the command without a word', () => {
  const line = `'${process.execPath}' '${CLI}' explain PersistentPortReservation LookupPersistentUdpPortReservation | head -1`;
  const { stdout, stderr } = spawnSync('sh', ['-c', line], { encoding: 'utf8', cwd: ROOT });
  expect({ lines: stdout.split('\n').length, stderr }).toEqual({ lines: 2, stderr: '' });
});

/** `dllet ports ...` and `dllet simulation exclude`, as a person or a script runs them; most in the process of the test. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { closeAtEnd, holdUdp } from '../extensions/port-reservation/ports/use-support.js';
import { scratchDirectory } from '../native/support.js';
import { dllet, type Finished } from '../support/cli.js';
import { dlletInside } from '../support/cli-inside.js';

closeAtEnd();

const directory = scratchDirectory();
const state = path.join(directory, 'state.json');
const simulated = ['--backend', 'simulated', '--state', state];
/** The first of 100 ports that are free on this machine. */
let free = 0;

/** Runs `dllet ports ...` over the simulated computer of this file. */
const ports = (...args: string[]) => dlletInside(['ports', ...args, ...simulated]);

async function rowsOf(...args: string[]): Promise<Record<string, unknown>[]> {
  const { status, stdout, stderr } = await ports(...args, '--json');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}

const lines = ({ stdout }: Finished) => stdout.trimEnd().split('\n');

beforeAll(async () => {
  const { stdout } = await dllet(['ports', 'find', '100', '--minimum', '20000', '--maximum', '32000', '--json']);
  free = JSON.parse(stdout)[0].startPort;
  const exclude = ['simulation', 'exclude', '--state', state, '--protocol', 'udp', '--ports'];
  await dlletInside([...exclude, `${free + 10}-${free + 19}`]);
  await dlletInside([...exclude, `${free + 20}`, '--administered']);
  const block = JSON.stringify({ StartPort: free + 30, NumberOfPorts: 5 });
  await dllet(['call', 'PersistentPortReservation', 'CreatePersistentUdpPortReservation', block, ...simulated]);
});

describe('ports excluded', () => {
  it('prints rows as JSON', async () => {
    const row = (startPort: number, endPort: number, administered: boolean) => ({
      protocol: 'Udp',
      addressFamily: 'IPv4',
      startPort,
      endPort,
      administered,
    });
    expect(await rowsOf('excluded', '--protocol', 'udp', '--family', 'ipv4', '--store', 'persistent')).toEqual([
      row(free + 20, free + 20, true),
      row(free + 30, free + 34, false),
    ]);
    expect(await rowsOf('excluded')).toHaveLength(6);
  });

  it('prints a table, or that there is none', async () => {
    const shown = lines(await dllet(['ports', 'excluded', '--family', 'IPv6', ...simulated]));
    expect(shown).toHaveLength(5);
    expect(shown[0]).toBe('protocol  addressFamily  startPort  endPort  administered');
    expect(shown[3]).toBe(`Udp       IPv6               ${free + 20}    ${free + 20}  true`);
    expect(lines(await ports('excluded', '--protocol', 'TCP'))).toEqual(['no range is excluded']);
  });
});

it('ports dynamic', async () => {
  const left = { portsInUse: expect.any(Number), freeBlocksOf64: expect.any(Number) };
  expect(await rowsOf('dynamic', '--protocol', 'Tcp')).toEqual([
    { protocol: 'Tcp', addressFamily: 'IPv4', startPort: 49_152, numberOfPorts: 16_384, ...left },
    { protocol: 'Tcp', addressFamily: 'IPv6', startPort: 49_152, numberOfPorts: 16_384, ...left },
  ]);
  expect(lines(await ports('dynamic'))).toHaveLength(6);
});

it('ports use', async () => {
  const { port } = await holdUdp('127.0.0.1');
  expect(await rowsOf('use', `1,${port}`, '--protocol', 'udp', '--family', 'IPv4')).toMatchObject([
    { protocol: 'Udp', address: '127.0.0.1', port, state: null, processId: process.pid },
  ]);
  expect((await ports('use', String(port))).stdout).toMatch(new RegExp(`127\\.0\\.0\\.1 +${port} .* ${process.pid} `));
  expect(lines(await ports('use', String(free)))).toEqual([`port ${free} is not in use`]);
  expect(lines(await ports('use', `${free},${free + 1}`))).toEqual([`none of the ports ${free},${free + 1} is in use`]);
});

describe('ports test', () => {
  it('prints runs as JSON', async () => {
    const { port } = await holdUdp('0.0.0.0');
    const runs = await rowsOf('test', `${free}-${free + 34},${port}`, '--protocol', 'udp');
    expect(runs.map(({ startPort, verdict }) => [startPort, verdict])).toEqual(
      [
        [free, 'Free'],
        [free + 10, 'Excluded'],
        [free + 20, 'Administered'],
        [free + 21, 'Free'],
        [free + 30, 'Reserved'],
        [port, 'InUse'],
      ].toSorted(([one], [other]) => Number(one) - Number(other)),
    );
    expect(runs.find(({ startPort }) => startPort === port)).toMatchObject({ processes: [{ processId: process.pid }] });
  });

  it('says for each run what is the case and what to do', async () => {
    const shown = lines(
      await ports('test', `${free + 19}-${free + 20}`, '--protocol', 'UDP', '--address', '127.0.0.1'),
    );
    expect(shown).toHaveLength(6);
    expect(shown[0]).toBe(`Udp ${free + 19}: Excluded, WSAEACCES (10013)`);
    expect(shown[3]).toBe(`Udp ${free + 20}: Administered`);
    expect(shown[1]).toMatch(/^ {2}UDP port \d+ lies in the excluded range .*\.$/);
  });

  it('looks at both protocols unless told', async () => {
    expect((await rowsOf('test', String(free))).map(({ protocol }) => protocol)).toEqual(['Tcp', 'Udp']);
  });
});

describe('ports find', () => {
  const limits = () => ['--minimum', String(free), '--maximum', String(free + 39)];

  it('prints blocks as JSON, best first; an option may stand before the number', async () => {
    const blocks = await rowsOf('find', '--protocol', 'udp', '5', ...limits());
    expect(blocks.map(({ startPort, endPort }) => [Number(startPort) - free, Number(endPort) - free])).toEqual([
      [35, 39],
      [21, 25],
      [0, 4],
    ]);
  });

  it('prints a table, or that there is none', async () => {
    const { stdout, stderr } = await ports('find', '11', ...limits());
    expect(stdout).toBe('no free block\n');
    expect(stderr).toMatch(
      /^warning: There is no block of 11 ports .* A wider range \(--minimum, --maximum\) has a free block/,
    );
    expect(lines(await ports('find', '10', ...limits()))).toHaveLength(3);
  });

  it('takes the dynamic range in when asked', async () => {
    const inside = ['find', '1', '--minimum', '65000'];
    const refused = await ports(...inside);
    expect(refused.stderr).toContain('--include-dynamic also finds blocks in the dynamic port range.');
    expect(await rowsOf(...inside, '--include-dynamic')).not.toEqual([]);
  });
});

describe('ports map', () => {
  it('writes the page to a file relative to the working directory', async () => {
    const written = await dllet(['ports', 'map', '--out', 'map.html', ...simulated], { cwd: directory });
    const file = path.join(directory, 'map.html');
    expect(written).toEqual({ status: 0, stdout: `written  ${file}\n`, stderr: '' });
    const page = readFileSync(file, 'utf8');
    expect(page.startsWith('<!DOCTYPE html>')).toBe(true);
    expect(page).toContain(`Reservation ${free + 30}\u2013${free + 34}`);
  });

  it('says so as JSON', async () => {
    const file = path.join(directory, 'again.html');
    const { stdout } = await ports('map', '--out', file, '--json');
    expect(JSON.parse(stdout)).toEqual({ file, characters: readFileSync(file, 'utf8').length });
  });

  it('that cannot be written is an error with its id and a way out', async () => {
    const file = path.join(directory, 'no such folder', 'map.html');
    const finished = await ports('map', '--out', file);
    expect(finished).toMatchObject({ status: 1, stdout: '' });
    expect(finished.stderr).toMatch(
      /^FileNotWritten: The file .*map\.html could not be written: ENOENT.*\nGive the path of a file, in a directory/,
    );
    expect(existsSync(file)).toBe(false);
  });
});

describe('wrong usage: status 2, the message on stderr', () => {
  it.each<[string, readonly string[], RegExp]>([
    ['no question', ['ports'], /^A command is missing\.\n\ndllet ports <what>/],
    ['another question', ['ports', 'explode'], /^Unknown command: dllet ports explode\./],
    ['no ports', ['ports', 'test'], /^Too few arguments/],
    ['no ports in the list', ['ports', 'test', 'http'], /InvalidParameter: 'http' is neither a port nor a range/],
    ['a port beyond the last', ['ports', 'use', '65536'], /InvalidParameter: '65536' is neither/],
    ['a range that runs backwards', ['ports', 'test', '9-1'], /InvalidParameter: '9-1'/],
    ['an address that is none', ['ports', 'test', '80', '--address', 'here'], /InvalidParameter: /],
    ['another protocol', ['ports', 'use', '--protocol', 'sctp'], /^Unknown value of --protocol: sctp\./],
    ['another family', ['ports', 'use', '--family', 'IPv5'], /^Unknown value of --family: IPv5\./],
    ['another store', ['ports', 'excluded', '--store', 'both'], /^Unknown value of --store: both\./],
    ['another backend', ['ports', 'use', '--backend', 'magic'], /^Unknown value of --backend: magic\./],
    ['an option of another question', ['ports', 'use', '--store', 'Active'], /Unknown option: --store\./],
    ['no number', ['ports', 'find', 'many'], /^'many' is not a whole number; give the number of ports/],
    ['no port near', ['ports', 'find', '5', '--near', 'web'], /^'web' is not a whole number; give --near/],
    ['no process id', ['simulation', 'hold', '--process', 'a', '--pid', 'b'], /^'b' is not a whole number; give --pid/],
    ['nothing to find', ['ports', 'find', '0'], /InvalidParameter: NumberOfPorts is 0/],
    [
      'limits that leave no room',
      ['ports', 'find', '9', '--minimum', '1', '--maximum', '3'],
      /InvalidPortRange: .*\n.*at most 3 ports/,
    ],
    ['no file for the map', ['ports', 'map'], /^A required option is missing: --out/],
    [
      'a relative state',
      ['ports', 'use', '--backend', 'simulated', '--state', 'x'],
      /--state must be an absolute path/,
    ],
    ['a state without the simulation', ['ports', 'use', '--state', '/x'], /--state needs --backend simulated/],
    ['nothing to exclude', ['simulation', 'exclude', '--state', '/x'], /exclude needs --protocol/],
    ['no range', ['simulation', 'exclude', '--state', '/x', '--protocol', 'tcp', '--ports', '0-5'], /--ports is '0-5'/],
    [
      'another protocol to exclude',
      ['simulation', 'exclude', '--protocol', 'Sctp', '--ports', '1'],
      /^Unknown value of --protocol: /,
    ],
  ])('%s', async (_name, args, message) => {
    const finished = await dlletInside(args);
    expect(finished).toMatchObject({ status: 2, stdout: '' });
    expect(finished.stderr).toMatch(message);
    expect(finished.stderr).not.toMatch(/^ +at .*:\d+:\d+/m);
  });
});

describe('errors: status 1, the id, the message and what to do on stderr', () => {
  it.skipIf(process.platform === 'win32').each(['excluded', 'dynamic'])('ports %s without netsh', async (question) => {
    expect(await dlletInside(['ports', question])).toEqual({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/^PlatformNotSupported: .*netsh.*\n.*--backend simulated.*\n$/),
    });
  });

  it('a damaged state', async () => {
    const finished = await dllet(['ports', 'excluded', '--backend', 'simulated', '--state', import.meta.filename]);
    expect(finished).toMatchObject({ status: 1, stdout: '' });
    expect(finished.stderr).toMatch(/^SimulationStateInvalid: .*\nRepair the file.*simulation reset/);
  });

  it('a range that is excluded already', async () => {
    const range = ['--protocol', 'udp', '--ports', String(free + 15)];
    const finished = await dlletInside(['simulation', 'exclude', '--state', state, ...range]);
    expect(finished).toMatchObject({ status: 1, stdout: '' });
    expect(finished.stderr).toMatch(/^PortRangeInUse: UDP port \d+ overlaps a range/);
  });
});

it('simulation exclude shows the computer after it', async () => {
  const own = path.join(directory, 'own.json');
  const exclude = ['simulation', 'exclude', '--state', own, '--protocol', 'TCP', '--ports'];
  expect(await dlletInside([...exclude, '50000-50059', '--administered'])).toEqual({
    status: 0,
    stdout: `${own}: 0 restarts, 0 reservations\ntcp  50000-50059  excluded (administered)\n`,
    stderr: '',
  });
  const { stdout } = await dlletInside([...exclude, '80', '--json']);
  expect(JSON.parse(stdout)).toEqual({
    stateFile: own,
    restarts: 0,
    reservations: [],
    exclusions: [
      { pool: 'tcp', startPort: 80, numberOfPorts: 1, administered: false },
      { pool: 'tcp', startPort: 50_000, numberOfPorts: 60, administered: true },
    ],
  });
});

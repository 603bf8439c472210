/** `dllet call` and `dllet serve` with the audit, as processes. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { dllet, type RunOptions } from '../support/cli.js';
import { temporaryDirectory } from '../support/directories.js';

const CREATE = 'CreatePersistentUdpPortReservation';
const BLOCK = { StartPort: 5000, NumberOfPorts: 20 };

function bench() {
  const directory = temporaryDirectory();
  const file = path.join(directory, 'audit.jsonl');
  const simulated = ['--backend', 'simulated', '--state', path.join(directory, 'state.json')];
  const call = (fn: string, ...options: string[]) =>
    dllet(['call', 'PersistentPortReservation', fn, JSON.stringify(BLOCK), ...simulated, ...options]);
  const serve = (options: string[], run: RunOptions) =>
    dllet(['serve', 'PersistentPortReservation', ...simulated, ...options], run);
  const records = () =>
    existsSync(file)
      ? readFileSync(file, 'utf8')
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line))
      : [];
  return { directory, file, call, serve, records };
}

it('call records a change, its failure and nothing else', async () => {
  const { file, call, records } = bench();
  const audit = ['--audit', file, '--audit-reason', 'CHG0042'];
  expect(await call(CREATE, ...audit)).toMatchObject({ status: 0, stderr: '' });
  expect(await call(CREATE, ...audit)).toMatchObject({ status: 1, stderr: '' });
  expect(await call('LookupPersistentUdpPortReservation', ...audit)).toMatchObject({ status: 0 });
  expect(await call('DeletePersistentUdpPortReservation', ...audit, '--unelevated')).toMatchObject({ status: 1 });
  const common = { definition: 'PersistentPortReservation', params: BLOCK, reason: 'CHG0042', backend: 'simulated' };
  expect(records()).toMatchObject([
    { ...common, function: CREATE, outcome: 'ok', errorId: null, win32: null },
    { ...common, function: CREATE, outcome: 'error', errorId: 'PortRangeInUse', win32: 32 },
    { ...common, function: 'DeletePersistentUdpPortReservation', errorId: 'AccessDenied', win32: 5 },
  ]);
  expect(records().every(({ time }) => Math.abs(Date.parse(time) - Date.now()) < 60_000)).toBe(true);
  expect(records().every(({ parentProcessId }) => parentProcessId === process.pid)).toBe(true);
});

it('is off without the option', async () => {
  const { directory, call } = bench();
  expect(await call(CREATE)).toMatchObject({ status: 0, stderr: '' });
  expect(existsSync(path.join(directory, 'audit.jsonl'))).toBe(false);
});

it('a record that cannot be written is told on stderr and in the reply, and the call is done', async () => {
  const { file, call } = bench();
  mkdirSync(file);
  const { status, stdout, stderr } = await call(CREATE, '--audit', file);
  expect(status).toBe(0);
  const reply = JSON.parse(stdout);
  expect(reply.result.Token).toMatch(/^\d+$/);
  expect(reply.notices).toEqual([
    expect.stringContaining(`could not be written to the file ${file}: it is a directory`),
  ]);
  expect(stderr.trim()).toBe(reply.notices[0]);
});

it('serve takes the reason of each request, and records before it answers', async () => {
  const { file, serve, records } = bench();
  const request = (id: number, method: string, reason?: string) =>
    `${JSON.stringify({ jsonrpc: '2.0', id, method, params: { ...BLOCK, ...(reason === undefined ? {} : { 'dllet.reason': reason }) } })}\n`;
  const input =
    request(1, CREATE, 'one\n"\u00e9') + request(2, 'LookupPersistentUdpPortReservation') + request(3, CREATE);
  const { stdout, stderr } = await serve(['--audit', file, '--audit-reason', 'nightly'], { input });
  expect(stderr).toBe('');
  const replies = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(replies.map(({ id }) => id).sort()).toEqual([1, 2, 3]);
  expect(records().map(({ reason, outcome }) => [reason, outcome])).toEqual([
    ['one\n"\u00e9', 'ok'],
    ['nightly', 'error'],
  ]);
});

it.each([
  [['--audit', 'audit.jsonl'], "--audit must be an absolute path, not 'audit.jsonl'"],
  [['--audit-reason', 'x'.repeat(1025)], '--audit-reason must have at most 1024 characters, not 1025'],
  ...(process.platform === 'win32'
    ? []
    : [[['--audit-event-log'], '--audit-event-log needs Windows'] as [string[], string]]),
])('%j is wrong usage, and nothing is called', async (options, words) => {
  const { directory, call } = bench();
  expect(await call(CREATE, ...options)).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining(words),
  });
  expect(existsSync(path.join(directory, 'state.json'))).toBe(false);
});

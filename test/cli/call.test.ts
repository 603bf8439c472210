import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { dllet } from '../support/cli.js';
import { dlletInside } from '../support/cli-inside.js';
import { temporaryDirectory } from '../support/directories.js';

const CREATE = 'CreatePersistentUdpPortReservation';
const LOOKUP = 'LookupPersistentUdpPortReservation';
const block = '{"StartPort":5000,"NumberOfPorts":20}';

/** `dllet call` on a simulated computer of its own. */
function simulated(state = path.join(temporaryDirectory(), 'state.json')) {
  const call = async (args: readonly string[], input?: string) => {
    const finished = await dllet(
      ['call', 'PersistentPortReservation', ...args, '--backend', 'simulated', '--state', state],
      input === undefined ? {} : { input },
    );
    return { ...finished, reply: finished.stdout === '' ? undefined : JSON.parse(finished.stdout) };
  };
  return { state, call };
}

describe('a call that succeeds', () => {
  it('prints one line of JSON, and the next call knows of it', async () => {
    const { call } = simulated();
    const created = await call([CREATE, block]);
    expect(created).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(/^[ -~]+\n$/) });
    expect(created.reply).toEqual({ jsonrpc: '2.0', id: 1, result: { Token: expect.stringMatching(/^[0-9]+$/) } });
    expect((await call([LOOKUP, block])).reply).toEqual(created.reply);
  });

  it.each([
    ['as it is', block],
    ['with a byte order mark', `\ufeff${block}`],
    ['on several lines', JSON.stringify(JSON.parse(block), null, 2).replaceAll('\n', '\r\n')],
  ])('takes its parameters from stdin, %s', async (_name, input) => {
    const { call } = simulated();
    expect(await call([LOOKUP], input)).toMatchObject({
      status: 1,
      stderr: '',
      reply: { id: 1, error: { data: { win32: 1168 } } },
    });
  });
});

describe('a call that fails', () => {
  it.each<[string, readonly string[], string | undefined, object]>([
    [
      'an absent block',
      [LOOKUP, block],
      undefined,
      { code: -32000, data: { id: 'ReservationNotFound', win32: 1168, symbol: 'ERROR_NOT_FOUND' } },
    ],
    ['no rights', [CREATE, block, '--unelevated'], undefined, { code: -32000, data: { id: 'AccessDenied', win32: 5 } }],
    [
      'a limit',
      [LOOKUP, '{"StartPort":0,"NumberOfPorts":1}'],
      undefined,
      { code: -32602, data: { id: 'InvalidParameter', parameter: 'StartPort', minimum: 1, maximum: 65_535 } },
    ],
    [
      'a range',
      [LOOKUP, '{"StartPort":65535,"NumberOfPorts":2}'],
      undefined,
      { code: -32602, data: { id: 'InvalidPortRange' } },
    ],
    ['an unknown function', ['Nothing', block], undefined, { code: -32601, data: { id: 'FunctionNotFound' } }],
    ['bad JSON', [LOOKUP, '{StartPort:1}'], undefined, { code: -32700 }],
    ['an empty stdin', [LOOKUP], '', { code: -32602, message: expect.stringContaining("'StartPort' is missing") }],
  ])('%s: status 1, and the JSON error on stdout', async (_name, args, input, error) => {
    const finished = await simulated().call(args, input);
    expect(finished).toMatchObject({ status: 1, stderr: '', stdout: expect.stringMatching(/^[ -~]+\n$/) });
    expect(finished.reply.error).toMatchObject(error);
  });

  it.skipIf(process.platform === 'win32')('without the DLL on this platform says what to do', async () => {
    const { status, stdout } = await dllet(['call', 'PersistentPortReservation', LOOKUP, block]);
    expect(status).toBe(1);
    expect(JSON.parse(stdout).error).toMatchObject({
      code: -32000,
      data: { id: 'PlatformNotSupported', recommendedAction: expect.stringContaining('simulated') },
    });
  });

  it('for a library that is not there names its path', async () => {
    const library = path.join(temporaryDirectory(), 'none.dll');
    const { status, stdout } = await dllet(['call', 'PersistentPortReservation', LOOKUP, block, '--library', library]);
    expect(status).toBe(1);
    expect(JSON.parse(stdout).error).toMatchObject({
      message: expect.stringContaining(library),
      data: { id: 'LibraryNotFound' },
    });
  });
});

describe('wrong usage', () => {
  const PPR = 'PersistentPortReservation';
  it.each<[string, readonly string[], RegExp]>([
    ['nothing to call', ['call'], /^Too few arguments.*\n\ndllet call <definition>/s],
    ['no function', ['call', PPR], /usage: dllet call/],
    ['too much', ['call', PPR, LOOKUP, '{}', 'more'], /usage: dllet call/],
    ['an unknown option', ['call', PPR, LOOKUP, '{}', '--colour'], /--colour.*\nusage: /s],
    ['an option without its value', ['call', PPR, LOOKUP, '{}', '--library'], /usage: /],
    [
      'an unknown backend',
      ['call', PPR, LOOKUP, '{}', '--backend', 'other'],
      /no backend 'other'; use native or simulated/,
    ],
    [
      'a relative library',
      ['call', PPR, LOOKUP, '{}', '--library', 'x.dll'],
      /--library must be an absolute path, not 'x\.dll'/,
    ],
    [
      'a relative state',
      ['call', PPR, LOOKUP, '{}', '--backend', 'simulated', '--state', 'x'],
      /--state must be an absolute path/,
    ],
    [
      'a state without the simulation',
      ['call', PPR, LOOKUP, '{}', '--state', '/x'],
      /--state needs --backend simulated/,
    ],
    [
      'a simulated library',
      ['call', PPR, LOOKUP, '{}', '--backend', 'simulated', '--library', '/x'],
      /--library cannot be used with --backend simulated/,
    ],
    ['no definition of that name', ['call', 'Nothing', LOOKUP, '{}'], /cannot read the definition 'Nothing'/],
  ])('%s: status 2, the message on stderr, nothing on stdout', async (_name, args, message) => {
    const finished = await dlletInside(args);
    expect(finished).toMatchObject({ status: 2, stdout: '' });
    expect(finished.stderr).toMatch(message);
    expect(finished.stderr).not.toMatch(/^ +at /m);
  });

  it('of a program ends in the same way', async () => {
    for (const args of [['call'], ['call', 'Nothing', LOOKUP, '{}']])
      expect(await dllet(args)).toEqual(await dlletInside(args));
  });
});

/**
 * get, test, set, delete and export as every version of DSC would run them, on the simulated backend: in the process of
 * the test, and through the module's program where arguments, stdin or the exit code of a process are asked.
 */
import { describe, expect, it } from 'vitest';
import { dllet } from '../support/cli.js';
import { dlletInside } from '../support/cli-inside.js';
import { DscError } from '../support/dsc-engine.js';
import { DSC_VERSIONS } from '../support/dsc-manifest-rules.js';
import { block, makeComputer, ONE } from './engine.js';

const reserved = { ...block(5000, 20), token: expect.stringMatching(/^[1-9][0-9]{0,19}$/), _exist: true };
const absent = { ...block(5000, 20), _exist: false };

const LATEST = DSC_VERSIONS.at(-1);

async function failureOf(work: Promise<unknown>): Promise<DscError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(DscError);
  return error as DscError;
}

describe.each(DSC_VERSIONS)('DSC %s', (version) => {
  it('declares a block: absent, created once, found again, deleted, and deleted once more', async () => {
    const computer = await makeComputer();
    const dsc = version === LATEST ? computer.programEngine(version) : computer.engine(version);
    expect(await dsc.get(block(5000, 20))).toEqual(absent);
    expect(await dsc.test(block(5000, 20))).toMatchObject({ inDesiredState: false, differing: ['_exist'] });
    const made = await dsc.set(block(5000, 20));
    expect(made).toMatchObject({ before: absent, after: reserved, ran: true });
    expect([...made.changedProperties].sort()).toEqual(['_exist', 'token']);
    expect(await dsc.get(block(5000, 20))).toEqual(made.after);
    expect(await dsc.set(block(5000, 20))).toMatchObject({ changedProperties: [], ran: false });
    expect(await dsc.set(absent)).toMatchObject({ after: absent, ran: true });
    expect(await dsc.set(absent)).toMatchObject({ changedProperties: [], ran: false });
    await dsc.delete(block(5000, 20));
    expect(dsc.traces).toEqual([]);
  });

  it('what-if of dsc config changes nothing, whether the block shall be there or not', async () => {
    const computer = await makeComputer();
    const dsc = computer.engine(version);
    expect((await dsc.set(block(5000, 20), { whatIf: true })).changedProperties).toContain('_exist');
    expect(computer.bytes()).toBeUndefined();
    await dsc.set(block(5000, 20));
    const before = computer.bytes();
    expect((await dsc.set(absent, { whatIf: true })).changedProperties).toContain('_exist');
    expect(computer.bytes()).toBe(before);
  });

  it('get and export answer although stdin stays open', async () => {
    const computer = await makeComputer();
    const dsc = computer.programEngine(version);
    expect(await dsc.export()).toEqual([]);
    await computer.engine(version).set(block(7000, 1, 'Tcp'));
    await computer.engine(version).set(block(5000, 20));
    expect(await dsc.get(block(5000, 20))).toMatchObject({ ...block(5000, 20), _exist: true });
    const everything = [
      { ...block(7000, 1, 'Tcp'), _exist: true },
      { ...block(5000, 20), _exist: true },
    ];
    expect(await dsc.export()).toEqual(everything);
    expect(await dsc.export(block(5000, 20))).toEqual(everything.slice(1));
  });
});

describe('DSC 3.2 and later take the edition with what-if', () => {
  it('which says what it would do, and does nothing', async () => {
    const computer = await makeComputer();
    const dsc = computer.engine('3.2');
    expect(dsc.found.manifest.version).toBe('1.0.1');
    expect(computer.engine('3.1').found.manifest.version).toBe('1.0.0');
    expect(await dsc.set(block(5000, 20), { whatIf: true })).toMatchObject({
      after: { ...block(5000, 20), _exist: true },
      changedProperties: ['_exist'],
      whatIf: ['Would create the persistent reservation of exactly the 20 UDP ports 5000-5019.'],
    });
    const { lines } = await dsc.run('delete', JSON.stringify(block(5000, 20)), { whatIf: true });
    expect(lines).toEqual([
      {
        _metadata: { whatIf: ['There is no persistent reservation of exactly the 20 UDP ports 5000-5019 to delete.'] },
      },
    ]);
    expect(computer.bytes()).toBeUndefined();
    await dsc.set(block(5000, 20));
    const before = computer.bytes();
    const { lines: would } = await dsc.run('delete', JSON.stringify(block(5000, 20)), { whatIf: true });
    expect(would).toEqual([
      { _metadata: { whatIf: ['Would delete the persistent reservation of exactly the 20 UDP ports 5000-5019.'] } },
    ]);
    expect(await dsc.set(absent, { whatIf: true })).toMatchObject({ after: absent });
    expect(computer.bytes()).toBe(before);
  });
});

describe('what an operation returned can be given to the next', () => {
  it('with its token, which is passed over although it is not true any more', async () => {
    const computer = await makeComputer();
    const dsc = computer.engine('3.1');
    const { after } = await dsc.set(block(5000, 20));
    expect(await dlletInside(['simulation', 'restart', '--state', computer.state])).toMatchObject({ status: 0 });
    const { actual, inDesiredState } = await dsc.test(after);
    expect(inDesiredState).toBe(true);
    expect(actual.token).not.toBe(after.token);
    expect(await dsc.set({ ...after, _inDesiredState: true, _metadata: { note: 1 } })).toMatchObject({ ran: false });
  });
});

describe('a failure has an exit code, the text that goes with it, and a trace', () => {
  it('overlap with another reservation: 6, and nothing changed', async () => {
    const computer = await makeComputer();
    const dsc = computer.engine();
    await dsc.set(block(5000, 20));
    const before = computer.bytes();
    const error = await failureOf(dsc.set(block(5010, 20)));
    expect(error).toMatchObject({ exitCode: 6, message: expect.stringMatching(/^The block cannot be reserved/) });
    expect(error.traces).toMatchObject([{ level: 'ERROR', message: expect.stringContaining('5010-5029') }]);
    expect(computer.bytes()).toBe(before);
  });

  it('no elevation: 5 for a change, none where nothing has to change', async () => {
    const computer = await makeComputer();
    await computer.engine().set(block(5000, 20));
    const args = ['--unelevated', '--backend', 'simulated', '--state', computer.state];
    const run = (operation: string, input: object) =>
      dlletInside(['dsc', operation, 'PersistentPortReservation', ONE, ...args], { input: JSON.stringify(input) });
    expect(await run('set', block(5000, 20))).toMatchObject({ status: 0, stderr: '' });
    expect(await run('delete', block(6000, 1))).toMatchObject({ status: 0, stderr: '' });
    for (const [operation, input] of [
      ['set', block(6000, 1)],
      ['set', absent],
      ['delete', block(5000, 20)],
    ] as const) {
      const { status, stdout, stderr } = await run(operation, input);
      expect({ status, stdout }).toEqual({ status: 5, stdout: '' });
      expect(JSON.parse(stderr)).toMatchObject({
        level: 'ERROR',
        fields: { id: 'AccessDenied', win32: 5, exitCode: 5, message: expect.stringContaining('elevated') },
      });
    }
  });

  it.each<[string, string, number, RegExp]>([
    ['text that is no JSON', '{"protocol":', 3, /not JSON/],
    ['no text at all', '', 3, /input is empty|needs an input/],
    ['an array', '[]', 3, /must be a JSON object/],
    ['null', 'null', 3, /must be a JSON object/],
    ['no key', '{}', 4, /'protocol' is missing; 'startPort' is missing; 'numberOfPorts' is missing/],
    ['another case', '{"protocol":"udp","startPort":1,"numberOfPorts":1}', 4, /must be "Udp" or "Tcp", not "udp"/],
    ['port 0', '{"protocol":"Udp","startPort":0,"numberOfPorts":1}', 4, /from 1 to 65535, not 0/],
    ['a port as text', '{"protocol":"Udp","startPort":"5000","numberOfPorts":1}', 4, /'startPort' must be/],
    [
      'a block past the end',
      '{"protocol":"Udp","startPort":65535,"numberOfPorts":2}',
      4,
      /2 ports that starts at port 65535 would end at 65536/,
    ],
    ['a property that is none', '{"protocol":"Udp","startPort":1,"numberOfPorts":1,"x":1}', 4, /'x' is not a property/],
    [
      '_exist as text',
      '{"protocol":"Udp","startPort":1,"numberOfPorts":1,"_exist":"no"}',
      4,
      /'_exist' must be true or/,
    ],
  ])('%s, in every operation', async (_name, input, exitCode, message) => {
    const computer = await makeComputer();
    const dsc = computer.engine();
    for (const operation of ['get', 'test', 'set', 'delete'] as const) {
      const error = await failureOf(dsc.run(operation, input));
      expect(error.exitCode).toBe(exitCode);
      expect(error.message).toBe(dsc.found.manifest.exitCodes?.[exitCode]);
      expect(error.traces).toMatchObject([{ level: 'ERROR', message: expect.stringMatching(message) }]);
    }
    const ofProgram = await failureOf(computer.programEngine().run('set', input));
    expect(ofProgram).toMatchObject({ exitCode, traces: [{ message: expect.stringMatching(message) }] });
    expect(computer.bytes()).toBeUndefined();
  });

  it('bytes that are no UTF-8: 3', async () => {
    const input = Buffer.from([0x7b, 0xff, 0xfe, 0x7d]);
    const { status, stderr } = await dllet(['dsc', 'set', 'PersistentPortReservation', ONE], { input });
    expect(status).toBe(3);
    expect(JSON.parse(stderr).fields.message).toContain('not UTF-8');
  });

  it.each<[string[], RegExp]>([
    [['frobnicate'], /no operation 'frobnicate'/],
    [['get'], /the definition is missing/],
    [
      ['get', 'PersistentPortReservation', 'dllet/Other', '--input', '{}'],
      /no resource 'dllet\/Other'; it has dllet\//,
    ],
    [['get', 'PersistentPortReservation', ONE, 'more'], /'more' is an unexpected argument/],
    [['get', 'PersistentPortReservation', '--frob'], /--frob/],
    [['set', 'PersistentPortReservation', '--backend', 'other', '--input', '{}'], /no backend 'other'/],
  ])('wrong arguments %j: 2', async (args, message) => {
    const { status, stdout, stderr } = await dllet(['dsc', ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(JSON.parse(stderr)).toMatchObject({ level: 'ERROR', fields: { message: expect.stringMatching(message) } });
  });

  it.runIf(process.platform !== 'win32')(
    'a system without the library: 7; ranges that cannot be listed: 9',
    async () => {
      const run = (operation: string) =>
        dllet(['dsc', operation, 'PersistentPortReservation', ONE, '--input', JSON.stringify(block(5000, 20))]);
      expect(await run('test')).toMatchObject({ status: 7, stderr: expect.stringContaining('PlatformNotSupported') });
      expect(await run('export')).toMatchObject({ status: 9, stdout: '' });
    },
  );
});

it('says on stderr what it did when DSC wants to know, and nothing when it does not', async () => {
  const computer = await makeComputer();
  const dsc = computer.engine('3.3', ONE, 'info');
  await dsc.set(block(5000, 20));
  expect(dsc.traces.map(({ level, message }) => `${level} ${message}`)).toEqual([
    'INFO The persistent reservation of exactly the 20 UDP ports 5000-5019 should exist, but does not.',
    'INFO Created the persistent reservation of exactly the 20 UDP ports 5000-5019.',
  ]);
});

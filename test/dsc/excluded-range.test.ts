/** The resource dllet/ExcludedPortRange, whose functions are operations, on the simulated computer. */
import { describe, expect, it } from 'vitest';
import { answerResource } from '../../src/dsc/bridge-method.js';
import {
  excludeInSimulation,
  holdInSimulation,
  releaseInSimulation,
} from '../../src/extensions/port-reservation/simulation/manage.js';
import { definition, simulatedResources } from './simulated.js';

const type = 'dllet/ExcludedPortRange';
const range = { protocol: 'Tcp', startPort: 55_679, numberOfPorts: 1 };

describe('an administered exclusion', () => {
  it('is made once, found, exported, and removed once', async () => {
    const { run, bytes } = simulatedResources();
    const set = (exist: boolean, whatIf = false) =>
      run({ type, operation: 'set', input: { ...range, _exist: exist }, whatIf });
    expect(await run({ type, operation: 'get', input: range })).toMatchObject({ lines: [{ ...range, _exist: false }] });
    expect((await set(true, true)).notes).toEqual([
      expect.stringMatching(/^Would create the administered exclusion of .*55679/),
    ]);
    expect(bytes()).toBeUndefined();
    expect(await set(true)).toMatchObject({
      lines: [{ ...range, _exist: true }],
      notes: [expect.stringMatching(/^Created/)],
    });
    expect((await set(true)).notes).toEqual([]);
    expect(await run({ type, operation: 'test', input: range })).toMatchObject({ lines: [{ _inDesiredState: true }] });
    expect((await run({ type, operation: 'export', input: undefined })).lines).toEqual([{ ...range, _exist: true }]);
    expect((await set(false)).notes).toHaveLength(1);
    expect((await set(false)).notes).toEqual([]);
  });

  it('has exit codes for what can go wrong', async () => {
    const unelevated = simulatedResources({ unelevated: true });
    await expect(unelevated.run({ type, operation: 'set', input: range })).rejects.toMatchObject({ exitCode: 5 });
    const { run } = simulatedResources();
    const over = { ...range, numberOfPorts: 10_000 };
    await expect(run({ type, operation: 'get', input: over })).rejects.toMatchObject({ exitCode: expect.any(Number) });
    await run({ type, operation: 'set', input: range });
    await expect(run({ type, operation: 'set', input: { ...range, numberOfPorts: 2 } })).rejects.toMatchObject({
      exitCode: 6,
    });
  });

  it('over a port that is held: exit code 6, and a message that names the holder and the command that helps', async () => {
    const { run, state: stateFile } = simulatedResources();
    const set = () => run({ type, operation: 'set', input: range });
    await holdInSimulation(
      stateFile,
      { pool: 'tcp', startPort: 55_679, numberOfPorts: 1 },
      { processName: 'db', processId: 7 },
    );
    await expect(set()).rejects.toMatchObject({
      exitCode: 6,
      message: expect.stringMatching(/TCP port 55679 cannot be excluded: it is in use \(db\)\.$/),
      facts: { recommendedAction: expect.stringMatching(/^Stop db/) },
    });
    await releaseInSimulation(stateFile, { pool: 'tcp', startPort: 55_679, numberOfPorts: 1 });
    const block = { pool: 'tcp', startPort: 55_640, numberOfPorts: 64, administered: false } as const;
    await excludeInSimulation(stateFile, block);
    await expect(set()).rejects.toMatchObject({
      exitCode: 6,
      message: expect.stringMatching(/TCP ports 55640-55703 are held .*WinNAT/),
      facts: { recommendedAction: expect.stringContaining('Repair-PortExclusion -Port 55679 -Protocol Tcp') },
    });
  });

  it('is answered for the class too, whose words are read without regard to case', async () => {
    const { call } = simulatedResources();
    const ask = (operation: string, desired: object) =>
      answerResource(definition, call, { resource: 'ExcludedPortRange', operation, desired: desired as never });
    expect(await ask('set', { ...range, protocol: 'tcp' })).toMatchObject({ result: { inDesiredState: true } });
    expect(await ask('list', {})).toMatchObject({ result: { states: [{ ...range, _exist: true }] } });
  });
});

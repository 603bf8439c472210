/** Taking a port back from Windows NAT: whatever happens, the service runs again afterwards. */
import { describe, expect, it } from 'vitest';
import { repairExclusion } from '../../../../src/extensions/port-reservation/ports/repair.js';
import { showSimulation } from '../../../../src/extensions/port-reservation/simulation/manage.js';
import { fakeWindows } from '../netsh/fake-windows.js';
import { simulatedComputer } from './simulated-computer.js';
import { closeAtEnd } from './use-support.js';

closeAtEnd();

const port = { protocol: 'Tcp', startPort: 55_679, numberOfPorts: 1 } as const;
const nat = { range: '55600-55699' };
const steps = (steps: readonly { step: string; result: string }[]) =>
  steps.map(({ step, result }) => `${step} ${result}`);
const services = (commands: readonly string[]) => commands.filter((one) => one.startsWith('net '));

describe('with netsh, net and sc', () => {
  it('stops Windows NAT, excludes the port, and starts it again', async () => {
    const { context, commands } = fakeWindows({ nat, isShared: true });
    expect(steps(await repairExclusion(context, port))).toEqual([
      'StopService Done',
      'Exclude Done',
      'StartService Done',
    ]);
    expect(commands.map((one) => one.split(' protocol')[0])).toEqual([
      'net stop winnat',
      'netsh interface ipv4 add excludedportrange',
      'netsh interface ipv4 add excludedportrange',
      'net start winnat',
    ]);
  });

  it('stops nothing where nothing is in the way', async () => {
    const { context, commands } = fakeWindows({ nat: { range: '60000-60099' } });
    expect(steps(await repairExclusion(context, port))).toEqual([
      'StopService NotNeeded',
      'Exclude Done',
      'StartService NotNeeded',
    ]);
    expect(services(commands)).toEqual([]);
  });

  it('starts it again when the port cannot be excluded', async () => {
    const { context, commands, isNatRunning } = fakeWindows({ nat, failing: [' add '] });
    await expect(repairExclusion(context, port)).rejects.toMatchObject({
      id: 'NetshFailed',
      message: expect.stringMatching(/add excludedportrange.* Windows NAT is running\.$/),
    });
    expect(services(commands)).toEqual(['net stop winnat', 'net start winnat']);
    expect(isNatRunning()).toBe(true);
  });

  it('starts it again when only IPv6 cannot be excluded, and says what was done', async () => {
    const { context, isNatRunning } = fakeWindows({ nat, failing: ['ipv6 add '] });
    await expect(repairExclusion(context, port)).rejects.toMatchObject({
      id: 'NetshFailed',
      message: expect.stringMatching(
        /^TCP port 55679 is excluded only in part \(IPv4\): netsh .* ipv6 add .* Windows NAT is running\.$/,
      ),
      recommendedAction: expect.stringContaining('Remove-ExcludedPortRange 55679 1 -Protocol Tcp'),
    });
    expect(isNatRunning()).toBe(true);
  });

  it('starts it a second time where it refuses the first', async () => {
    const { context, commands, isNatRunning } = fakeWindows({ nat, failingOnce: ['net start'] });
    expect(steps(await repairExclusion(context, port)).at(-1)).toBe('StartService Done');
    expect(services(commands)).toEqual(['net stop winnat', 'net start winnat', 'net start winnat']);
    expect(isNatRunning()).toBe(true);
  });

  it('waits for a stop that goes on after net.exe has given up, and starts it again', async () => {
    const { context, commands, isNatRunning } = fakeWindows({ nat: { ...nat, looksUntilStopped: 3 } });
    await expect(repairExclusion(context, port)).rejects.toMatchObject({
      id: 'ServiceFailed',
      message: expect.stringMatching(/net stop winnat ended with exit status 2 .* Windows NAT is running\.$/),
    });
    expect(commands).toEqual(['net stop winnat', 'net start winnat']);
    expect(isNatRunning()).toBe(true);
  });

  it('starts it again when its state cannot be read', async () => {
    let queries = 0;
    const before = async (line: string) => {
      if (line === 'sc query winnat' && ++queries > 1) throw new Error('EMFILE');
    };
    const { context, commands, isNatRunning } = fakeWindows({ nat, before });
    expect(steps(await repairExclusion(context, port)).at(-1)).toBe('StartService Done');
    expect(services(commands)).toEqual(['net stop winnat', 'net start winnat']);
    expect(isNatRunning()).toBe(true);
  });

  it('says how to start it where that fails, and what failed before', async () => {
    const { context } = fakeWindows({ nat, failing: [' add ', 'net start'] });
    await expect(repairExclusion(context, port)).rejects.toMatchObject({
      id: 'ServiceFailed',
      message: expect.stringMatching(/could not be started again: .*net start winnat ended.* Before that: netsh/),
      recommendedAction: expect.stringContaining('net start winnat'),
    });
  });

  it('starts nothing that could not be stopped, and stops nothing without the rights to', async () => {
    const stuck = fakeWindows({ nat, failing: ['net stop'] });
    await expect(repairExclusion(stuck.context, port)).rejects.toMatchObject({ id: 'ServiceFailed' });
    expect(services(stuck.commands)).toEqual(['net stop winnat']);
    const unelevated = fakeWindows({ nat, isElevated: false });
    await expect(repairExclusion(unelevated.context, port)).rejects.toMatchObject({ id: 'AccessDenied' });
    expect(unelevated.commands).toEqual([]);
  });
});

describe('on the simulated computer', () => {
  it('Windows NAT gives its block back and takes another', async () => {
    const { context, stateFile, exclude } = await simulatedComputer();
    await exclude('Tcp', 55_600, 100, false);
    await exclude('Tcp', 49_152, 10, true);
    await repairExclusion(context, port);
    const { exclusions, isNatStopped } = await showSimulation(stateFile);
    expect(isNatStopped).toBeUndefined();
    expect(exclusions).toMatchObject([
      { startPort: 49_152, numberOfPorts: 10 },
      { startPort: 49_162, numberOfPorts: 100, administered: false },
      { startPort: 55_679, numberOfPorts: 1, administered: true },
    ]);
  });

  it('a port of a reservation stays, and Windows NAT is not stopped for it', async () => {
    const { context, stateFile, reserve } = await simulatedComputer();
    await reserve('Tcp', 55_670, 20);
    let stops = 0;
    const stop = async () => {
      stops += 1;
    };
    const machine = { ...context.machine, services: { ...context.machine.services, stop } };
    await expect(repairExclusion({ ...context, machine }, port)).rejects.toMatchObject({
      id: 'PortRangeInUse',
      message: expect.stringMatching(/^TCP ports 55670-55689 are a persistent reservation, .* Nothing was changed\.$/),
      recommendedAction: expect.stringContaining('Remove-PersistentTcpPortReservation 55670 20'),
    });
    expect(stops).toBe(0);
    expect(await showSimulation(stateFile)).not.toHaveProperty('isNatStopped');
  });
});

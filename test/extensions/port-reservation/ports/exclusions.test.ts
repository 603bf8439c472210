/** Administered exclusions, through the runner of netsh and on the simulated computer. */
import { describe, expect, it } from 'vitest';
import type { DlletError } from '../../../../src/definition/errors.js';
import {
  addExclusion,
  findExclusion,
  removeExclusion,
} from '../../../../src/extensions/port-reservation/ports/exclusions.js';
import type { PortUse } from '../../../../src/extensions/port-reservation/ports/types.js';
import { createSimulatedMachine } from '../../../../src/extensions/port-reservation/simulation/machine.js';
import { holdInSimulation, restartSimulation } from '../../../../src/extensions/port-reservation/simulation/manage.js';
import { fakeWindows } from '../netsh/fake-windows.js';
import { simulatedComputer } from './simulated-computer.js';
import { closeAtEnd } from './use-support.js';

closeAtEnd();

const block = { protocol: 'Tcp', startPort: 7100, numberOfPorts: 20 } as const;
const wanted = { ...block, store: 'Persistent', allowsExisting: false } as const;
const rows = (['IPv4', 'IPv6'] as const).map((addressFamily) => ({
  protocol: 'Tcp',
  addressFamily,
  startPort: 7100,
  endPort: 7119,
  administered: true,
}));
const writes = (verb: string, store: string, families: readonly string[] = ['ipv4', 'ipv6']) =>
  families.map(
    (family) =>
      `netsh interface ${family} ${verb} excludedportrange protocol=tcp startport=7100 numberofports=20 store=${store}`,
  );

describe('netsh', () => {
  it('is asked for each family and store that does not list the range yet, and for no other', async () => {
    const { context, commands } = fakeWindows();
    expect(await addExclusion(context, wanted)).toEqual(rows);
    expect(commands).toEqual([...writes('add', 'persistent'), ...writes('add', 'active')]);
    const shared = fakeWindows({ isShared: true });
    expect(await addExclusion(shared.context, { ...wanted, store: 'Active' })).toEqual(rows);
    expect(shared.commands).toEqual(writes('add', 'active', ['ipv4']));
  });

  it('is not asked to do again what is done', async () => {
    const { context, commands } = fakeWindows();
    await addExclusion(context, wanted);
    const before = commands.length;
    expect(await addExclusion(context, { ...wanted, allowsExisting: true })).toEqual(rows);
    await expect(addExclusion(context, wanted)).rejects.toMatchObject({
      id: 'PortRangeInUse',
      category: 'ResourceExists',
      message: 'TCP ports 7100-7119 are already excluded as this exact range.',
    });
    expect(commands).toHaveLength(before);
  });

  it.each([true, false])('removes from every family and store (shared: %s)', async (isShared) => {
    const { context } = fakeWindows({ isShared });
    await addExclusion(context, wanted);
    await removeExclusion(context, block);
    expect(await findExclusion(context, { ...block, store: 'Active' })).toEqual([]);
    await expect(removeExclusion(context, block)).rejects.toMatchObject({ id: 'ExclusionNotFound' });
  });

  it('says what is in the way, whatever the language of the system', async () => {
    const use = { protocol: 'Tcp', port: 7105, processId: 4, processName: 'sqlservr' } as PortUse;
    await expect(addExclusion(fakeWindows({ uses: [use] }).context, wanted)).rejects.toMatchObject({
      id: 'PortRangeInUse',
      message: 'TCP ports 7100-7119 cannot be excluded: port 7105 is in use (sqlservr).',
    });
    const nat = fakeWindows({ nat: { range: '7000-7199' } });
    await expect(addExclusion(nat.context, wanted)).rejects.toMatchObject({
      id: 'PortRangeInUse',
      recommendedAction: expect.stringContaining('Repair-PortExclusion -Port 7100 -NumberOfPorts 20 -Protocol Tcp'),
    });
    await expect(addExclusion(fakeWindows({ isElevated: false }).context, wanted)).rejects.toMatchObject({
      id: 'AccessDenied',
      recommendedAction: expect.stringContaining('elevated'),
    });
    await expect(addExclusion(fakeWindows({ failing: [' add '] }).context, wanted)).rejects.toMatchObject({
      id: 'NetshFailed',
    });
  });

  it('an exclusion is in the way of others only, and may be all that is needed', async () => {
    const { context } = fakeWindows({ failing: ['startport=7101', 'startport=7118'] });
    await addExclusion(context, wanted);
    const advice = async (startPort: number, numberOfPorts: number) => {
      const refused = addExclusion(context, { ...wanted, startPort, numberOfPorts });
      const error = (await refused.catch((one: unknown) => one)) as DlletError;
      expect(error.message).toMatch(/cannot be excluded: TCP ports 7100-7119 are already excluded\.$/);
      return error.recommendedAction;
    };
    expect(await advice(7101, 1)).toMatch(
      /^You have nothing to do: .* Remove-ExcludedPortRange 7100 20 -Protocol Tcp\.$/,
    );
    expect(await advice(7118, 5)).toMatch(/^For other limits, /);
  });

  it('a removal that fails is told as netsh tells it', async () => {
    const { context } = fakeWindows({ failing: [' delete '] });
    await addExclusion(context, wanted);
    await expect(removeExclusion(context, block)).rejects.toMatchObject({
      id: 'NetshFailed',
      message: expect.stringContaining('delete excludedportrange'),
    });
  });

  it('does not end what a service holds, nor a range that is given inexactly', async () => {
    const { context } = fakeWindows({ nat: { range: '7000-7199' } });
    const ofNat = { protocol: 'Tcp', startPort: 7000, numberOfPorts: 200 } as const;
    await expect(removeExclusion(context, ofNat)).rejects.toMatchObject({ id: 'ExclusionNotAdministered' });
    const plain = fakeWindows();
    await addExclusion(plain.context, wanted);
    await expect(removeExclusion(plain.context, { ...block, numberOfPorts: 1 })).rejects.toMatchObject({
      id: 'ExclusionNotFound',
      recommendedAction: expect.stringContaining('TCP ports 7100-7119'),
    });
  });
});

describe('the simulated computer', () => {
  it('keeps an exclusion across restarts, and one of the active store until then', async () => {
    const { context, stateFile } = await simulatedComputer();
    expect(await addExclusion(context, wanted)).toEqual(rows);
    await addExclusion(context, { ...wanted, startPort: 7200, store: 'Active' });
    await restartSimulation(stateFile);
    const left = await context.ranges.excludedRanges({ protocol: 'Tcp', addressFamily: 'IPv4', store: 'Active' });
    expect(left).toEqual([rows[0]]);
    await removeExclusion(context, block);
    expect(await findExclusion(context, { ...block, store: 'Persistent' })).toEqual([]);
  });

  it('refuses what is in the way, and what needs elevation', async () => {
    const { context, stateFile, reserve } = await simulatedComputer();
    await holdInSimulation(
      stateFile,
      { pool: 'tcp', startPort: 7119, numberOfPorts: 1 },
      { processName: 'db', processId: 7 },
    );
    await expect(addExclusion(context, wanted)).rejects.toMatchObject({ message: expect.stringContaining('(db)') });
    await reserve('Tcp', 8000, 10);
    await expect(addExclusion(context, { ...wanted, startPort: 8009 })).rejects.toMatchObject({ id: 'PortRangeInUse' });
    const unelevated = { ...context, machine: createSimulatedMachine(stateFile, { isElevated: false }) };
    await expect(addExclusion(unelevated, { ...wanted, startPort: 9000 })).rejects.toMatchObject({
      id: 'AccessDenied',
    });
  });

  it('reserves no block over an exclusion or a port in use (32)', async () => {
    const { stateFile, reserve, exclude } = await simulatedComputer();
    await exclude('Tcp', 50_000, 60, true);
    await exclude('Tcp', 50_200, 100, false);
    await holdInSimulation(
      stateFile,
      { pool: 'udp', startPort: 6000, numberOfPorts: 1 },
      { processName: 'db', processId: 7 },
    );
    expect(await reserve('Tcp', 50_059, 2)).toBe(32);
    expect(await reserve('Tcp', 50_199, 2)).toBe(32);
    expect(await reserve('Udp', 6000, 1)).toBe(32);
    expect(await reserve('Udp', 50_000, 60)).toBe(0);
    expect(await reserve('Tcp', 50_060, 1)).toBe(0);
  });
});

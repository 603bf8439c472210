/** The dynamic range: how much is left, moving it, and a range that is too wide. */
import { describe, expect, it } from 'vitest';
import {
  type DynamicRangeChange,
  reportDynamicRanges,
  setDynamicRange,
  wideRangeCause,
} from '../../../../src/extensions/port-reservation/ports/dynamic-range.js';
import type { PortUse } from '../../../../src/extensions/port-reservation/ports/types.js';
import { createSimulatedMachine } from '../../../../src/extensions/port-reservation/simulation/machine.js';
import { fakeWindows } from '../netsh/fake-windows.js';
import { simulatedComputer } from './simulated-computer.js';
import { closeAtEnd } from './use-support.js';

closeAtEnd();

const change: DynamicRangeChange = {
  protocol: 'Tcp',
  startPort: 40_000,
  numberOfPorts: 20_000,
  isDefault: false,
  store: 'Persistent',
};

describe('how much is left', () => {
  it('counts each port once, and blocks of 64 between what is in use and excluded', async () => {
    const use = (port: number, addressFamily: 'IPv4' | 'IPv6') => ({ protocol: 'Tcp', port, addressFamily }) as PortUse;
    const uses = [use(49_152, 'IPv4'), use(49_152, 'IPv6'), use(49_217, 'IPv6'), use(80, 'IPv4')];
    const { context } = fakeWindows({ uses, nat: { range: '49300-65535' } });
    const [row] = await reportDynamicRanges(context, { protocols: ['Tcp'], addressFamilies: ['IPv4'] });
    // 49153-49216 and 49218-49281.
    expect(row).toMatchObject({ startPort: 49_152, portsInUse: 2, freeBlocksOf64: 2 });
    const [udp] = await reportDynamicRanges(context, { protocols: ['Udp'], addressFamilies: ['IPv4'] });
    expect(udp).toMatchObject({ portsInUse: 0, freeBlocksOf64: 256 });
  });
});

describe('moving it', () => {
  it('asks netsh for each family and store that has another range', async () => {
    const { context, commands } = fakeWindows();
    const ranges = await setDynamicRange(context, change);
    expect(ranges).toMatchObject([
      { addressFamily: 'IPv4', startPort: 40_000, numberOfPorts: 20_000 },
      { addressFamily: 'IPv6', startPort: 40_000, numberOfPorts: 20_000 },
    ]);
    const ports = 'protocol=tcp startport=40000 numberofports=20000';
    expect(commands).toEqual(
      ['persistent', 'active'].flatMap((store) =>
        ['ipv4', 'ipv6'].map((family) => `netsh interface ${family} set dynamicport ${ports} store=${store}`),
      ),
    );
    await setDynamicRange(context, change);
    expect(commands).toHaveLength(4);
    const back = { ...change, startPort: undefined, numberOfPorts: undefined, isDefault: true };
    expect(await setDynamicRange(context, back)).toMatchObject([{ startPort: 49_152 }, { startPort: 49_152 }]);
  });

  it.each([
    [{ startPort: 1023, numberOfPorts: 60_000 }, 'InvalidPortRange'],
    [{ numberOfPorts: 254 }, 'InvalidPortRange'],
    [{ startPort: 50_000, numberOfPorts: 15_537 }, 'InvalidPortRange'],
    [{ isDefault: true }, 'InvalidParameter'],
    [{ numberOfPorts: undefined }, 'InvalidParameter'],
    [{ startPort: undefined, numberOfPorts: undefined }, 'InvalidParameter'],
  ])('takes no range that Windows refuses: %o', async (wrong, id) => {
    const { context, commands } = fakeWindows();
    await expect(setDynamicRange(context, { ...change, ...wrong })).rejects.toMatchObject({ id });
    expect(commands).toEqual([]);
  });

  it('needs elevation, on the simulated computer too', async () => {
    await expect(setDynamicRange(fakeWindows({ isElevated: false }).context, change)).rejects.toMatchObject({
      id: 'AccessDenied',
    });
    const { context, stateFile } = await simulatedComputer();
    expect(await setDynamicRange(context, change)).toMatchObject([{ startPort: 40_000 }, { startPort: 40_000 }]);
    const unelevated = { ...context, machine: createSimulatedMachine(stateFile, { isElevated: false }) };
    await expect(setDynamicRange(unelevated, { ...change, startPort: 41_000 })).rejects.toMatchObject({
      id: 'AccessDenied',
    });
  });
});

it('a range of 1024 and 64511 ports is a cause with its cure, the default is none', () => {
  const range = { protocol: 'Tcp', addressFamily: 'IPv4', startPort: 1024, numberOfPorts: 64_511 } as const;
  expect(wideRangeCause(range)).toMatch(
    /TCP ports 1024-65534.*64511 ports.*Set-DynamicPortRange -Protocol Tcp -Default/,
  );
  expect(wideRangeCause({ ...range, startPort: 49_152, numberOfPorts: 16_384 })).toBeUndefined();
});

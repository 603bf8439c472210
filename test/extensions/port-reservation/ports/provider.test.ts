/** The provider of a definition's operations: users' names on the outside, and a definition that fits it. */
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { type Bridge, createBridge } from '../../../../src/bridge/bridge.js';
import type { Json } from '../../../../src/bridge/messages.js';
import { loadDefinition } from '../../../../src/definition/load.js';
import type { PortsContext } from '../../../../src/extensions/port-reservation/ports/context.js';
import { portsProvider } from '../../../../src/extensions/port-reservation/ports/provider.js';
import type { PortUse } from '../../../../src/extensions/port-reservation/ports/types.js';
import { fakeBackend } from '../../../support/backends.js';
import { simulatedComputer } from './simulated-computer.js';
import { closeAtEnd, holdUdp } from './use-support.js';

closeAtEnd();

const definition = await loadDefinition('PersistentPortReservation');

interface Row {
  readonly [name: string]: Json;
}

function bridgeOver(context: PortsContext): Bridge {
  const providers = { ports: portsProvider(async () => context) };
  return createBridge({ definition, backend: fakeBackend(), providers });
}

async function ask(context: PortsContext, method: string, params: Json = {}): Promise<Row[]> {
  const reply = await bridgeOver(context).handle({ jsonrpc: '2.0', id: 1, method, params });
  if (!reply || !('result' in reply)) throw new Error(JSON.stringify(reply));
  return (reply.result as unknown as { readonly Rows: Row[] }).Rows;
}

describe('every operation', () => {
  it('of the definition is one of the provider, and the other way round', () => {
    const provider = portsProvider(() => Promise.reject(new Error('not asked')));
    const operations = Object.values(definition.operations).filter(({ provider: name }) => name === 'ports');
    expect(operations.map(({ operation }) => operation).sort()).toEqual(Object.keys(provider).sort());
  });

  it('that would go past the last port is refused before the machine is asked', async () => {
    const bridge = bridgeOver({} as PortsContext);
    const past = [
      ['AddExcludedPortRange', { StartPort: 65_535, NumberOfPorts: 2 }, 'would end at 65536,'],
      ['RepairPortExclusion', { Port: 65_534, NumberOfPorts: 4 }, 'start at port 65534 would be 65537,'],
    ] as const;
    for (const [method, ports, words] of past) {
      const params = { Protocol: 'Tcp', ...ports };
      expect(await bridge.handle({ jsonrpc: '2.0', id: 1, method, params })).toMatchObject({
        error: { code: -32602, message: expect.stringContaining(words), data: { id: 'InvalidPortRange' } },
      });
    }
  });

  it('gives rows with the fields that the objects of its cmdlets are made of', async () => {
    const { context, exclude, reserve } = await simulatedComputer();
    await exclude('Tcp', 50_000, 60, true);
    await reserve('Tcp', 5000, 20);
    await reserve('Udp', 5000, 20);
    const { port } = await holdUdp('127.0.0.1');
    const params: Record<string, Json> = {
      GetPortUse: { Port: [port] },
      TestPortBinding: { Port: [50_000] },
      FindFreePortBlock: { NumberOfPorts: 1 },
      AddExcludedPortRange: { Protocol: 'Tcp', StartPort: 7100, NumberOfPorts: 20 },
      SetDynamicPortRange: { Protocol: 'Tcp', Default: true },
      RepairPortExclusion: { Protocol: 'Tcp', Port: 7200 },
    };
    for (const { operation, output, arguments: fixed } of definition.cmdlets) {
      if (definition.operations[operation ?? '']?.provider !== 'ports' || output.kind !== 'list') continue;
      const rows = await ask(context, operation as string, (fixed as Json | undefined) ?? params[operation as string]);
      expect(rows).not.toEqual([]);
      const fields = Object.keys(rows[0] ?? {});
      const wanted = definition.objects[output.object]?.properties.map(({ from }) => from) ?? [];
      expect(fields).toEqual(expect.arrayContaining(wanted));
      if (output.expand) expect(fields).toEqual(expect.arrayContaining([output.expand.from, output.expand.to]));
      for (const property of definition.objects[output.object]?.properties ?? []) {
        if (!property.optional) expect(rows.filter((row) => row[property.from] === null)).toEqual([]);
      }
    }
  });
});

describe('rows', () => {
  it('of reservations: the token as digits', async () => {
    const { context, reserve } = await simulatedComputer();
    await reserve('Udp', 5000, 20);
    await reserve('Tcp', 6000, 1);
    const rows = await ask(context, 'GetPortReservation', { Protocol: 'Udp', Port: [4999, 5019] });
    expect(rows).toEqual([
      {
        Protocol: 'Udp',
        StartPort: 5000,
        NumberOfPorts: 20,
        EndPort: 5019,
        Token: expect.stringMatching(/^[0-9]{1,20}$/),
      },
    ]);
    expect(await ask(context, 'GetPortReservation', { Protocol: 'Udp', Port: [4999, 5020] })).toEqual([]);
  });

  it('of the review of a block: a message for each problem', async () => {
    const { context } = await simulatedComputer();
    const { port } = await holdUdp('127.0.0.1');
    const block = (StartPort: number) => ({ Protocol: 'Udp', StartPort, NumberOfPorts: 1 });
    expect(await ask(context, 'ReviewPortBlock', block(port))).toContainEqual({
      Message: expect.stringContaining(`UDP port ${port} is in use (`),
    });
    expect(await ask(context, 'ReviewPortBlock', block(65_535))).toEqual([
      { Message: expect.stringContaining('UDP port 65535 lies in the dynamic range 49152-65535 (IPv4 and IPv6)') },
    ]);
    expect(await ask(context, 'ReviewPortBlock', block(1))).toEqual([]);
  });

  it('of the review of a block after a change: as the machine is then', async () => {
    const { context } = await simulatedComputer();
    const bridge = bridgeOver(context);
    const about = async (method: string, params: Json) =>
      JSON.stringify(await bridge.handle({ jsonrpc: '2.0', id: 1, method, params }));
    const block = { Protocol: 'Tcp', StartPort: 30_000, NumberOfPorts: 2 };
    expect(await about('ReviewPortBlock', block)).toContain('"Rows":[]');
    await about('SetDynamicPortRange', { Protocol: 'Tcp', StartPort: 29_000, NumberOfPorts: 2000 });
    expect(await about('ReviewPortBlock', block)).toContain('in the dynamic range 29000-30999');
  });

  it('of ranges', async () => {
    const { context, exclude } = await simulatedComputer();
    await exclude('Udp', 50_000, 60, true);
    expect(await ask(context, 'GetExcludedPortRange', { AddressFamily: ['ipv6'], Store: 'persistent' })).toEqual([
      {
        Protocol: 'Udp',
        AddressFamily: 'IPv6',
        StartPort: 50_000,
        EndPort: 50_059,
        NumberOfPorts: 60,
        Administered: true,
      },
    ]);
    expect(await ask(context, 'GetDynamicPortRange', { Protocol: ['udp'], AddressFamily: [2] })).toEqual([
      {
        Protocol: 'Udp',
        AddressFamily: 'IPv4',
        StartPort: 49_152,
        EndPort: 65_535,
        NumberOfPorts: 16_384,
        PortsInUse: expect.any(Number),
        FreeBlocksOf64: expect.any(Number),
      },
    ]);
  });

  it('of uses', async () => {
    const { context } = await simulatedComputer();
    const { port } = await holdUdp('127.0.0.1');
    expect(await ask(context, 'GetPortUse', { Port: [port], ProcessId: [process.pid] })).toEqual([
      {
        Protocol: 'Udp',
        AddressFamily: 'IPv4',
        Address: '127.0.0.1',
        Port: port,
        State: null,
        ProcessId: process.pid,
        ProcessName: expect.any(String),
      },
    ]);
  });

  it('of tests: null where nothing is known', async () => {
    const { context } = await simulatedComputer();
    expect(await ask(context, 'TestPortBinding', { Port: [0], Protocol: ['tcp'] })).toEqual([
      {
        Protocol: 'Tcp',
        Port: 0,
        LastPort: 0,
        Verdict: 'NotAvailable',
        BindError: 'WSAEINVAL (10022)',
        RangeStartPort: null,
        RangeEndPort: null,
        Administered: null,
        ProcessId: null,
        ProcessName: null,
        Explanation: expect.stringMatching(/any free port/),
        NextStep: expect.stringMatching(/1 to 65535/),
      },
    ]);
  });

  it('of tests: each of a few ports with sentences of its own', async () => {
    const { context, exclude } = await simulatedComputer();
    await exclude('Tcp', 50_000, 60, false);
    const rows = await ask(context, 'TestPortBinding', { Port: [50_000, 50_001], Protocol: ['Tcp'] });
    expect(rows).toMatchObject(
      [50_000, 50_001].map((port) => ({
        Port: port,
        LastPort: port,
        Explanation: expect.stringMatching(`^TCP port ${port} lies `),
        NextStep: expect.stringContaining(`Repair-PortExclusion -Port ${port} -Protocol Tcp`),
      })),
    );
  });

  it('of tests: the process that holds the port, not one whose connection passes through it', async () => {
    const { context } = await simulatedComputer();
    const { port } = await holdUdp('0.0.0.0');
    const use = (processId: number, processName: string, state: string | null): PortUse => ({
      protocol: 'Udp',
      addressFamily: 'IPv4',
      address: '0.0.0.0',
      port,
      state,
      processId,
      processName,
    });
    const uses = async () => [use(7, 'worker', 'Established'), use(0, 'gone', 'CloseWait'), use(8, 'server', 'Listen')];
    const params = { Port: [port], Protocol: ['Udp'] };
    expect(await ask({ ...context, uses }, 'TestPortBinding', params)).toMatchObject([
      { Verdict: 'InUse', ProcessId: 8, ProcessName: 'server' },
    ]);
    const connected = async () => [use(7, 'client', 'Established')];
    expect(await ask({ ...context, uses: connected }, 'TestPortBinding', params)).toMatchObject([{ ProcessId: 7 }]);
  });

  it('of room', async () => {
    const { context } = await simulatedComputer();
    const [row] = await ask(context, 'FindFreePortBlock', {
      NumberOfPorts: 3,
      Protocol: ['TCP', 'udp'],
      Minimum: 65_000,
      Maximum: 65_535,
      IncludeDynamicRange: true,
    });
    const { StartPort, EndPort, NumberOfPorts, ...gap } = row ?? {};
    expect(NumberOfPorts).toBe(3);
    expect(EndPort).toBe(Number(StartPort) + 2);
    expect(Object.keys(gap)).toEqual(['GapStartPort', 'GapEndPort']);
  });
});

it('the map is one text about this computer', async () => {
  const { context } = await simulatedComputer();
  const reply = await bridgeOver(context).handle({ jsonrpc: '2.0', id: 1, method: 'GetPortMap', params: {} });
  expect(reply).toMatchObject({ result: { Text: expect.stringContaining(`<title>Ports of ${hostname()}`) } });
});

it.each<[string, string, Json, RegExp]>([
  ['a port beyond the last', 'TestPortBinding', { Port: [65_536] }, /'Port' must be a whole number from 0 to 65535/],
  ['a single port', 'TestPortBinding', { Port: 80 }, /'Port' must be an array/],
  ['no port', 'TestPortBinding', {}, /'Port' is missing/],
  [
    'another protocol',
    'GetPortUse',
    { Protocol: ['Sctp'] },
    /'Protocol' must be one of Tcp, Udp, or a number, not "Sctp"/,
  ],
  ['another store', 'GetExcludedPortRange', { Store: 'Both' }, /'Store' must be one of Active, Persistent/],
  ['no ports at all', 'FindFreePortBlock', { NumberOfPorts: 0 }, /from 1 to 65535, not 0/],
  ['a parameter of the map', 'GetPortMap', { Path: 'x' }, /'Path' is not a parameter \(none\)/],
])('%s never reaches the ports', async (_name, method, params, message) => {
  const provider = portsProvider(() => Promise.reject(new Error('not to be asked')));
  const bridge = createBridge({ definition, backend: fakeBackend(), providers: { ports: provider } });
  expect(await bridge.handle({ jsonrpc: '2.0', id: 1, method, params })).toMatchObject({
    error: { code: -32602, message: expect.stringMatching(message) },
  });
});

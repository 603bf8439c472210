/** A resource over a caller with prepared answers: changes between two calls, and the handling of errors. */
import { describe, expect, it } from 'vitest';
import type { Json, RpcError } from '../../src/bridge/messages.js';
import { answerResource } from '../../src/dsc/bridge-method.js';
import { readInstance } from '../../src/dsc/input.js';
import { resourceModel } from '../../src/dsc/model.js';
import { type Answer, type Caller, createResource } from '../../src/dsc/resource.js';
import { isTraced, TRACE_LEVELS, traceLine } from '../../src/dsc/trace.js';
import { block } from './engine.js';
import { definition, simulatedResources } from './simulated.js';

const model = resourceModel(definition, 'PersistentPortReservation');
const desired = (exist: boolean) => readInstance(model, { ...block(5000, 20), _exist: exist });

const failed = (id: string, code = -32000, facts: Record<string, Json> = {}): { error: RpcError } => ({
  error: {
    code,
    message: `${id} happened.`,
    data: { id, category: 'NotSpecified', recommendedAction: 'Stop.', ...facts },
  },
});
const NOT_FOUND = failed('ReservationNotFound');
const found = (token: string): Answer => ({ result: { Token: token } });

/** Answers by the verb in the function's name, one after the other. */
function scripted(answers: Readonly<Record<string, readonly Answer[]>>): { call: Caller; calls: string[] } {
  const left = Object.fromEntries(Object.entries(answers).map(([verb, all]) => [verb, [...all]]));
  const calls: string[] = [];
  return {
    calls,
    call: async (method) => {
      calls.push(method);
      const answer = left[/^(Lookup|Create|Delete|Get)/.exec(method)?.[0] ?? '']?.shift();
      if (!answer) throw new Error(`${method} was not expected`);
      return answer;
    },
  };
}

describe('between looking and changing', () => {
  it('somebody else made the same block: that is as good', async () => {
    const inUse = failed('PortRangeInUse', -32000, { existing: { Token: '7' } });
    const { call } = scripted({ Lookup: [NOT_FOUND], Create: [inUse] });
    const { state } = await createResource(model, call).set(desired(true));
    expect(state).toEqual({ ...block(5000, 20), token: '7', _exist: true });
  });

  it('somebody else deleted the block: that is as good', async () => {
    const { call } = scripted({ Lookup: [found('7')], Delete: [NOT_FOUND] });
    const { state } = await createResource(model, call).set(desired(false));
    expect(state).toEqual({ ...block(5000, 20), _exist: false });
  });

  it('nothing is called that changes, where the state is right', async () => {
    const { call, calls } = scripted({ Lookup: [found('7'), NOT_FOUND] });
    const resource = createResource(model, call);
    await resource.set(desired(true));
    await resource.set(desired(false));
    expect(calls).toEqual(Array(2).fill('LookupPersistentUdpPortReservation'));
  });

  it('a creation that does not report the outputs is looked up', async () => {
    const { call } = scripted({ Lookup: [NOT_FOUND, found('9')], Create: [{ result: {} }] });
    expect((await createResource(model, call).set(desired(true))).state).toMatchObject({ token: '9' });
  });
});

it.each<[string, number, number]>([
  ['AccessDenied', -32000, 5],
  ['PortRangeInUse', -32000, 6],
  ['InvalidParameter', -32000, 4],
  ['InvalidPortRange', -32602, 4],
  ['LibraryNotFound', -32000, 7],
  ['FunctionNotFound', -32000, 7],
  ['PlatformNotSupported', -32000, 7],
  ['Win32Error', -32000, 8],
  ['SimulationStateInvalid', -32000, 8],
  ['BridgeProtocolError', -32603, 1],
])('%s (%i) has the exit code %i', async (id, code, exitCode) => {
  const { call } = scripted({ Lookup: [failed(id, code)] });
  const error = await createResource(model, call)
    .compare(desired(true))
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'ResourceFailure', exitCode, facts: { id } });
});

it('rows that no instance can have are no candidates, and every block is looked up once', async () => {
  const row = (Protocol: Json, StartPort: Json, NumberOfPorts: Json) => ({ Protocol, StartPort, NumberOfPorts });
  const Rows = [
    row('Udp', 1, 1),
    row('Udp', 1, 1),
    row('Sctp', 1, 1),
    row('Udp', 0, 1),
    row('Udp', 2, null),
    row('Tcp', 3, 1),
  ];
  const { call, calls } = scripted({
    Get: [{ result: { Rows } }, { result: { Rows } }],
    Lookup: [found('1'), NOT_FOUND],
  });
  const all = await createResource(model, call).list();
  expect(all).toEqual([{ terms: { Protocol: 'Udp' }, params: { StartPort: 1, NumberOfPorts: 1 } }]);
  expect(calls).toHaveLength(4);
});

describe('dllet.resource', () => {
  it.each<[string, Json, RegExp]>([
    ['no parameters', null, /has no resource null/],
    ['another resource', { resource: 'constructor' }, /has no resource "constructor"/],
    ['no desired state', { resource: 'PersistentPortReservation', operation: 'get' }, /desired must be a JSON object/],
    [
      'another operation',
      { resource: 'PersistentPortReservation', operation: 'delete', desired: block(1, 1) },
      /no operation "delete"/,
    ],
    [
      'a key that is missing',
      { resource: 'PersistentPortReservation', operation: 'set', desired: {} },
      /'startPort' is missing/,
    ],
  ])('refuses %s', async (_name, params, message) => {
    const { call } = simulatedResources();
    expect(await answerResource(definition, call, params)).toMatchObject({
      error: { code: -32602, message: expect.stringMatching(message), data: { id: 'InvalidParameter' } },
    });
  });
});

describe('a trace', () => {
  it('is one line of ASCII in the form that all versions read', () => {
    const line = traceLine('ERROR', 'a\n\u00e9', { id: 'X', message: 'never' }, new Date(0));
    expect(line).toMatch(/^[ -~]+$/);
    expect(JSON.parse(line)).toEqual({
      timestamp: '1970-01-01T00:00:00.000Z',
      level: 'ERROR',
      fields: { id: 'X', message: 'a\n\u00e9' },
      target: 'dllet',
    });
  });

  it.each<[string | undefined, number]>([
    ['error', 1],
    ['warn', 2],
    [undefined, 2],
    ['nonsense', 2],
    ['info', 3],
    ['DEBUG', 4],
    ['trace', 5],
  ])('at the level %s, %i levels are shown', (wanted, count) => {
    expect(TRACE_LEVELS.filter((level) => isTraced(level, wanted))).toEqual(TRACE_LEVELS.slice(0, count));
  });
});

/** Calls that change the system: their reason, their record, and the notice if there is no record. */
import { expect, it } from 'vitest';
import type { Change } from '../../src/bridge/audited.js';
import { createBridge } from '../../src/bridge/bridge.js';
import type { Json, Reply } from '../../src/bridge/messages.js';
import type { CallOutcome } from '../../src/definition/execution.js';
import { fakeBackend } from '../support/backends.js';
import { sampleDefinition } from '../support/definitions.js';

const WIDE = { Wide: '5' };
const done: CallOutcome = { returnValue: 0, outputs: { Wide: 6n } };

function audited(outcome: CallOutcome = done, notices: readonly string[] | Error = []) {
  const changes: Change[] = [];
  const backend = fakeBackend(outcome);
  const bridge = createBridge({
    definition: sampleDefinition(),
    backend,
    audit: async (change) => {
      changes.push(change);
      if (notices instanceof Error) throw notices;
      return notices;
    },
  });
  const call = async (method: string, params: Json = WIDE) =>
    (await bridge.handle({ jsonrpc: '2.0', id: 1, method, params })) as Reply;
  return { bridge, backend, changes, call };
}

it('a change is handed over with its parameters, its answer and its reason, and the function does not see the reason', async () => {
  const { call, changes, backend } = audited();
  const before = Date.now();
  expect(await call('WriteRed', { ...WIDE, 'dllet.reason': 'CHG0042' })).toEqual({
    jsonrpc: '2.0',
    id: 1,
    result: { Wide: '6' },
  });
  expect(backend.calls).toEqual([{ name: 'WriteRed', args: { Wide: 5n } }]);
  expect(changes).toMatchObject([
    { function: 'WriteRed', params: WIDE, reason: 'CHG0042', answer: { result: { Wide: '6' } } },
  ]);
  expect(changes[0]?.params).toEqual(WIDE);
  expect(changes[0]?.time.getTime()).toBeGreaterThanOrEqual(before);
});

it.each([
  ['no reason', WIDE],
  ['null', { ...WIDE, 'dllet.reason': null }],
])('%s is null', async (_name, params) => {
  const { call, changes } = audited();
  await call('WriteRed', params);
  expect(changes).toMatchObject([{ reason: null, params: WIDE }]);
});

it('what changes nothing is not handed over, and takes no reason', async () => {
  const { call, changes } = audited({ returnValue: 0, outputs: {} });
  await call('Ping', {});
  const reply = await call('ReadRed', { First: 1, Length: 2, 'dllet.reason': 'none of its business' });
  expect(reply).toMatchObject({ error: { data: { id: 'InvalidParameter', parameter: 'dllet.reason' } } });
  expect(changes).toEqual([]);
});

it('a change that failed is handed over with its error', async () => {
  const { call, changes } = audited({ returnValue: 2, outputs: { Wide: 0n } });
  await call('WriteRed');
  expect(changes).toMatchObject([{ answer: { error: { data: { id: 'TwoFailed', win32: 2 } } } }]);
});

it.each<[string, Json]>([
  ['wrong parameters', { Wide: 'much' }],
  ['no object', [1]],
  ['a reason that is no text', { ...WIDE, 'dllet.reason': 42 }],
  ['a reason that is too long', { ...WIDE, 'dllet.reason': 'x'.repeat(1025) }],
])('%s: refused before the call, and handed over', async (_name, params) => {
  const { call, changes, backend } = audited();
  const reply = await call('WriteRed', params);
  expect(reply).toMatchObject({ error: { code: -32602, data: { id: 'InvalidParameter' } } });
  expect(backend.calls).toEqual([]);
  expect(changes).toMatchObject([{ reason: null, answer: { error: { data: { id: 'InvalidParameter' } } } }]);
});

it('a notification is handed over, too', async () => {
  const { bridge, changes } = audited();
  expect(await bridge.handle({ jsonrpc: '2.0', method: 'WriteBlue', params: WIDE })).toBeUndefined();
  expect(changes).toHaveLength(1);
});

it('notices stand before the outcome of the reply', async () => {
  const { call } = audited(done, ['Not written.']);
  expect(JSON.stringify(await call('WriteRed'))).toBe(
    '{"jsonrpc":"2.0","id":1,"notices":["Not written."],"result":{"Wide":"6"}}',
  );
  const failed = audited({ returnValue: 2, outputs: { Wide: 0n } }, ['Not written.']);
  expect(await failed.call('WriteRed')).toMatchObject({ notices: ['Not written.'], error: { data: { win32: 2 } } });
});

it('notices of many rows are in the result, and a column has the reason of each row', async () => {
  const many = { function: 'WriteRed', columns: { Wide: ['1', '2'], 'dllet.reason': ['one', null] } };
  const { call, changes } = audited(done, ['Not written.']);
  expect(await call('dllet.callMany', many)).toMatchObject({
    result: { columns: { Wide: ['6', '6'] }, errors: [], notices: ['Not written.', 'Not written.'] },
  });
  expect(changes.map(({ reason }) => reason)).toEqual(['one', null]);
  const quiet = audited();
  expect(JSON.stringify(await quiet.call('dllet.callMany', many))).toContain('"errors":[]}}');
});

it('an audit that fails takes nothing away from the call, and is told', async () => {
  const { call } = audited(done, new Error('no disk'));
  expect(await call('WriteRed')).toMatchObject({
    result: { Wide: '6' },
    notices: [
      expect.stringMatching(/^No audit record of WriteRed could be made: no disk\. The call itself is not affected\.$/),
    ],
  });
});

it('without an audit a reason is taken and dropped, and the answer is there at once', () => {
  const backend = fakeBackend(done);
  const bridge = createBridge({ definition: sampleDefinition(), backend });
  const params = { ...WIDE, 'dllet.reason': 'CHG0042' };
  expect(bridge.handle({ jsonrpc: '2.0', id: 1, method: 'WriteRed', params })).toMatchObject({ result: { Wide: '6' } });
});

it('an operation that changes something is recorded like a function, and does not see the reason', async () => {
  const changes: Change[] = [];
  const seen: unknown[] = [];
  const bridge = createBridge({
    definition: sampleDefinition({
      '/extension': 'port-reservation',
      '/operations': {
        Clear: {
          description: 'Clears.',
          provider: 'ports',
          operation: 'removeExclusion',
          changesState: true,
          parameters: [],
        },
      },
    }),
    backend: fakeBackend(done),
    providers: { ports: { removeExclusion: async (params) => ({ Rows: [], seen: seen.push(params) }) } },
    audit: async (change) => {
      changes.push(change);
      return ['not written'];
    },
  });
  const reply = await bridge.handle({ jsonrpc: '2.0', id: 1, method: 'Clear', params: { 'dllet.reason': 'CHG7' } });
  expect(reply).toMatchObject({ result: { Rows: [] }, notices: ['not written'] });
  expect(changes).toMatchObject([{ function: 'Clear', params: {}, reason: 'CHG7' }]);
  expect(seen).toEqual([{}]);
});

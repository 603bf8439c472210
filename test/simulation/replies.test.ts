/** Replies that a definition gives: which one answers a call, what the bridge makes of it, and mistakes in them. */
import { describe, expect, it } from 'vitest';
import { type Bridge, createBridge } from '../../src/bridge/bridge.js';
import type { Json } from '../../src/bridge/messages.js';
import { expandDefinition } from '../../src/definition/expand.js';
import type { SimulatedReplies } from '../../src/definition/types.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { emptyBackend } from '../../src/simulation/backend.js';
import { backendWithReplies } from '../../src/simulation/replies.js';
import { editedSample, toText } from '../support/definitions.js';
import { LIBC, ZLIB } from '../support/short-form.js';
import { freshStateFile } from './support/fixtures.js';

function bridgeOver(text: string): Bridge {
  const { value, mistakes } = validateDefinitionText(text);
  if (!value || mistakes.length > 0) throw new Error(JSON.stringify(mistakes));
  const definition = expandDefinition(value);
  const rest = emptyBackend({ stateFile: freshStateFile() });
  return createBridge({ definition, backend: backendWithReplies(definition, rest) });
}

const simulated = (definition: object, simulation: SimulatedReplies) =>
  bridgeOver(JSON.stringify({ ...definition, simulation }));

async function call(bridge: Bridge, method: string, params: Json = {}) {
  const reply = await bridge.handle({ jsonrpc: '2.0', id: 1, method, params });
  if (!reply) throw new Error('no reply');
  return 'error' in reply ? reply.error : reply.result;
}

const source = 'AQID';

describe('the reply to a call', () => {
  it('is the first whose inputs are those of the call, whatever form they have', async () => {
    const bridge = simulated(ZLIB, {
      compressBound: [{ given: { sourceLen: '100' }, outputs: { Value: '113' } }, { outputs: { Value: 13 } }],
      crc32: [{ given: { buf: source, crc: 0 }, outputs: { Value: '7' } }],
    });
    expect(await call(bridge, 'compressBound', { sourceLen: 100 })).toEqual({ Value: '113' });
    expect(await call(bridge, 'compressBound', { sourceLen: '101' })).toEqual({ Value: '13' });
    expect(await call(bridge, 'crc32', { crc: '0', buf: source })).toEqual({ Value: '7' });
  });

  it('is used as often as it says', async () => {
    const bridge = simulated(ZLIB, { uncompress: [{ times: 2, error: -3 }, { outputs: { dest: 'aGVsbG8=' } }] });
    const damaged = { data: { id: 'DataDamaged', code: -3, symbol: 'Z_DATA_ERROR', category: 'InvalidData' } };
    expect(await call(bridge, 'uncompress', { source })).toMatchObject(damaged);
    expect(await call(bridge, 'uncompress', { source })).toMatchObject(damaged);
    expect(await call(bridge, 'uncompress', { source })).toEqual({ dest: 'aGVsbG8=' });
  });

  it('can be for an input that was left out, and can be no text', async () => {
    const bridge = simulated(LIBC, {
      setlocale: [{ given: { locale: null }, outputs: { Value: 'C' } }, { error: 'EINVAL' }],
      getenv: [{ outputs: { Value: null } }],
    });
    expect(await call(bridge, 'setlocale', { category: 6 })).toEqual({ Value: 'C' });
    expect(await call(bridge, 'setlocale', { category: 6, locale: '' })).toMatchObject({ data: { symbol: 'EINVAL' } });
    expect(await call(bridge, 'getenv', { name: 'HOME' })).toEqual({ Value: null });
  });

  it.each<[number | string]>([[-3], ['Z_DATA_ERROR'], ['DataDamaged']])('can be the error %s', async (error) => {
    const bridge = simulated(ZLIB, { uncompress: [{ error }] });
    expect(await call(bridge, 'uncompress', { source })).toMatchObject({ data: { id: 'DataDamaged', code: -3 } });
  });

  it('can be that there is nothing', async () => {
    const failure = { when: 'nonzero', code: 'win32', absent: [1168] };
    const bridge = bridgeOver(
      toText(
        editedSample({
          '/functions/Read{Kind}/returns/failure': failure,
          '/simulation': { 'Read{Kind}': [{ absent: true }] },
        }),
      ),
    );
    expect(await call(bridge, 'ReadBlue', { First: 1, Length: 1 })).toBeNull();
  });

  it('has the words of the variant', async () => {
    const simulation = { 'Read{Kind}': [{ error: 'ERROR_SEVEN' }] };
    const bridge = bridgeOver(toText(editedSample({ '/simulation': simulation })));
    expect(await call(bridge, 'ReadBlue', { First: 5, Length: 2 })).toMatchObject({
      message: 'No BLUE at 5 to 6.',
      data: { id: 'SevenFailed', win32: 7 },
    });
  });

  it('is missed with the inputs, and with what to do', async () => {
    const bridge = simulated(ZLIB, {
      compressBound: [{ given: { sourceLen: '100' }, times: 1, outputs: { Value: '113' } }],
    });
    const missed = (message: string) => ({
      message,
      data: { id: 'ReplyNotFound', recommendedAction: expect.stringContaining('Add a reply to simulation') },
    });
    expect(await call(bridge, 'compressBound', { sourceLen: '7' })).toMatchObject(
      missed('The simulation of compressBound has no reply for sourceLen = "7".'),
    );
    await call(bridge, 'compressBound', { sourceLen: '100' });
    expect(await call(bridge, 'compressBound', { sourceLen: '100' })).toMatchObject(
      missed('The simulation of compressBound has no reply left for sourceLen = "100".'),
    );
    expect(await call(bridge, 'zlibVersion')).toMatchObject({
      data: { id: 'FunctionNotFound', recommendedAction: expect.stringContaining('add replies for zlibVersion') },
    });
  });
});

describe('mistakes', () => {
  const reply = (place: string, fn: string) => `/simulation/${fn}/0${place}`;
  it.each<[name: string, simulation: object, pointer: string, message: RegExp]>([
    ['a function', { compresBound: [{ outputs: {} }] }, '/simulation/compresBound', /did you mean 'compressBound'\?/],
    [
      'an input',
      { compressBound: [{ given: { source: 1 }, outputs: { Value: 1 } }] },
      reply('/given/source', 'compressBound'),
      /no input 'source'; did you mean 'sourceLen'/,
    ],
    [
      'an input that dllet sets',
      { crc32: [{ given: { len: 1 }, outputs: { Value: 1 } }] },
      reply('/given/len', 'crc32'),
      /no input 'len'/,
    ],
    [
      'a value',
      { uncompress: [{ outputs: { dest: 'no base64' } }] },
      reply('/outputs/dest', 'uncompress'),
      /'dest' must be base64/,
    ],
    [
      'an output',
      { compressBound: [{ outputs: { Value: 1, Vale: 2 } }] },
      reply('/outputs/Vale', 'compressBound'),
      /did you mean 'Value'/,
    ],
    ['a missing output', { compressBound: [{ outputs: {} }] }, reply('/outputs', 'compressBound'), /lack 'Value'/],
    [
      'an error',
      { uncompress: [{ error: 'Z_DATA_EROR' }] },
      reply('/error', 'uncompress'),
      /did you mean 'Z_DATA_ERROR'/,
    ],
    [
      'a code that is none',
      { uncompress: [{ error: 0 }] },
      reply('/error', 'uncompress'),
      /does not fail with the code 0/,
    ],
    [
      'a code that does not fit',
      { uncompress: [{ error: 4_000_000_000 }] },
      reply('/error', 'uncompress'),
      /cannot report/,
    ],
    [
      'an error of what never fails',
      { compressBound: [{ error: 5 }] },
      reply('/error', 'compressBound'),
      /cannot fail/,
    ],
    [
      'absence',
      { uncompress: [{ absent: true }] },
      reply('/absent', 'uncompress'),
      /cannot report that nothing was found/,
    ],
    [
      'a reply of two kinds',
      { uncompress: [{ error: -3, absent: true }] },
      reply('', 'uncompress'),
      /exactly one of 'outputs', 'error', 'absent'/,
    ],
    [
      'a reply after one for all',
      { compressBound: [{ outputs: { Value: 1 } }, { outputs: { Value: 2 } }] },
      reply('', 'compressBound'),
      /never used/,
    ],
  ])('%s', (_name, simulation, pointer, message) => {
    const { mistakes } = validateDefinitionText(JSON.stringify({ ...ZLIB, simulation }));
    expect(mistakes).toContainEqual(expect.objectContaining({ pointer, message: expect.stringMatching(message) }));
  });

  it('replies to a function that a model simulates, and a success that is a failure', () => {
    const { mistakes } = validateDefinitionText(
      toText(
        editedSample({
          '/functions/Ping/simulation': { model: 'm', operation: 'o', pool: 'p' },
          '/functions/Ping/returns': { type: 'BOOL', failure: { when: 'zero', code: 'lastError' }, resultName: 'Is' },
          '/simulation': { Ping: [{ outputs: { Is: false } }] },
        }),
      ),
    );
    expect(mistakes.map(({ pointer }) => pointer)).toEqual(['/simulation/Ping', '/simulation/Ping/0/outputs/Is']);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Json, success, toAsciiJson } from '../../src/bridge/messages.js';
import { bench } from '../support/bridge.js';
import { sampleDefinition } from '../support/definitions.js';

const definition = sampleDefinition();
const ping = { jsonrpc: '2.0', id: 1, method: 'Ping' };

describe('what is no request', () => {
  it.each<[string, Json, Json, RegExp]>([
    ['a string', 'Ping', null, /a request must be an object, not "Ping"/],
    ['null', null, null, /must be an object, not null/],
    ['an array', [], null, /must be an object, not \[\]/],
    ['no version', { id: 1, method: 'Ping' }, 1, /"jsonrpc" must be "2.0", not null/],
    ['another version', { ...ping, jsonrpc: '1.0' }, 1, /"jsonrpc" must be "2.0", not "1.0"/],
    ['no method', { jsonrpc: '2.0', id: 'a' }, 'a', /"method" must be a string, not null/],
    ['a method that is no string', { ...ping, method: 1 }, 1, /"method" must be a string, not 1/],
    ['an id that is an object', { ...ping, id: {} }, null, /the id must be a string or a number, not \{\}/],
    ['an id that is a Boolean', { ...ping, id: true }, null, /the id must be a string or a number, not true/],
    ['a broken notification', { jsonrpc: '2.0' }, null, /"method" must be a string/],
  ])('%s', async (_name, message, id, problem) => {
    const { bridge, backend } = bench(definition);
    const error = {
      code: -32600,
      message: expect.stringMatching(problem),
      data: expect.objectContaining({ id: 'BridgeProtocolError' }),
    };
    expect(await bridge.handle(message)).toEqual({ jsonrpc: '2.0', id, error });
    expect(backend.calls).toEqual([]);
  });
});

describe('a request', () => {
  it.each([1, 0, -7, 1.5, '', 'a', null])('gets its id back: %j', async (id) => {
    const { bridge } = bench(definition, { returnValue: true, outputs: {} });
    expect(await bridge.handle({ ...ping, id })).toEqual({ jsonrpc: '2.0', id, result: {} });
  });

  it.each(['Nothing', 'ping', 'Read{Kind}', 'constructor', '__proto__', ''])(
    'of the unknown method %j',
    async (method) => {
      const { errorOf, backend } = bench(definition);
      expect(await errorOf(method)).toEqual({
        code: -32601,
        message: expect.stringContaining('it has ReadRed, ReadBlue, WriteRed, WriteBlue, Ping'),
        data: expect.objectContaining({ id: 'FunctionNotFound', function: method, category: 'ObjectNotFound' }),
      });
      expect(backend.calls).toEqual([]);
    },
  );

  it('without an id is a notification: it is carried out, and has no reply', async () => {
    const { bridge, backend } = bench(definition);
    expect(await bridge.handle({ jsonrpc: '2.0', method: 'Ping' })).toBeUndefined();
    expect(await bridge.handle({ jsonrpc: '2.0', method: 'Nothing' })).toBeUndefined();
    expect(await bridge.handle({ jsonrpc: '2.0', method: 'Ping', params: [1] })).toBeUndefined();
    expect(backend.calls).toEqual([{ name: 'Ping', args: {} }]);
  });

  it('may leave the parameters out where there are none', async () => {
    const { resultOf } = bench(definition, { returnValue: true, outputs: {} });
    expect(await resultOf('Ping')).toEqual({});
    expect(await resultOf('Ping', {})).toEqual({});
  });
});

describe('a call with the parameters as text', () => {
  it('answers with the id 1', async () => {
    const { bridge } = bench(definition, { returnValue: true, outputs: {} });
    expect(await bridge.callWithText('Ping', ' {} ')).toEqual(success(1, {}));
  });

  it.each(['', '{', '{a:1}', "{'a':1}", '{} {}', 'NaN'])('%j is not JSON', async (text) => {
    const { bridge, backend } = bench(definition);
    const error = { code: -32700, message: expect.stringMatching(/^this is not JSON: /), data: expect.anything() };
    expect(await bridge.callWithText('Ping', text)).toEqual({ jsonrpc: '2.0', id: null, error });
    expect(backend.calls).toEqual([]);
  });
});

describe('the wire', () => {
  const anyText = fc.string({ unit: 'binary' });

  it('is ASCII, and carries every text', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: 'grapheme' })), (text) => {
        const line = toAsciiJson(success(1, { [text]: [text] }));
        expect(line).toMatch(/^[ -~]*$/);
        expect(JSON.parse(line).result).toEqual({ [text]: [text] });
      }),
    );
  });

  it('carries half a surrogate pair as such', () => {
    expect(JSON.parse(toAsciiJson(['\ud83d', '\ude00\u007f\u2028'])) as Json).toEqual(['\ud83d', '\ude00\u007f\u2028']);
  });

  it('carries whatever a caller sends, back in the message about it', async () => {
    const { errorOf } = bench(definition);
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        fc.pre(text.length < 20);
        const error = await errorOf('ReadRed', { First: text, Length: 1 });
        expect(toAsciiJson(error as unknown as Json)).toMatch(/^[ -~]*$/);
        expect(error.message).toContain(JSON.stringify(text));
      }),
    );
  });
});

/** Operations: parameters checked against the definition, and whatever the provider answers or throws. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/bridge/messages.js';
import { NoticedAnswer, type OperationParameters } from '../../src/bridge/operations.js';
import { DlletError } from '../../src/definition/errors.js';
import { bench } from '../support/bridge.js';
import { sampleDefinition } from '../support/definitions.js';

const definition = sampleDefinition({
  '/types/Colour': { type: { enum: { Red: 1, Blue: 2 }, base: 'INT' } },
  '/operations': {
    Paint: {
      description: 'Paints.',
      provider: 'painter',
      operation: 'paint',
      parameters: [
        { name: 'Width', type: 'INT', minimum: 1, maximum: 9 },
        { name: 'Colour', type: 'Colour', optional: true },
        { name: 'Layers', type: 'Colour', many: true, optional: true },
        { name: 'Sizes', type: 'Amount', many: true, optional: true },
        { name: 'Title', type: 'LPCWSTR', optional: true },
        { name: 'Dry', type: 'BOOL', optional: true },
      ],
    },
    Draw: {
      description: 'Draws.',
      provider: 'painter',
      operation: 'paint',
      parameters: [
        { name: 'Colour', type: 'Colour', optional: true, default: 'Blue' },
        { name: 'Layers', type: 'Colour', many: true, optional: true, default: ['Red', 'Blue'] },
        { name: 'Title', type: 'LPCWSTR', optional: true },
      ],
    },
    Frame: {
      description: 'Frames.',
      provider: 'painter',
      operation: 'paint',
      parameters: [
        {
          name: 'Port',
          type: 'INT',
          minimum: 0,
          maximum: 65_535,
          many: true,
          optional: true,
          ranges: { from: 'StartPort', to: 'EndPort' },
        },
        { name: 'Layers', type: 'Colour', many: true, optional: true },
        { name: 'Title', type: 'LPCWSTR', optional: true },
      ],
    },
    Count: {
      description: 'Counts.',
      provider: 'painter',
      operation: 'paint',
      parameters: [{ name: 'Amounts', type: 'INT', many: true, ranges: { from: 'First', to: 'Last' } }],
    },
    Rest: { description: 'Rests.', provider: 'painter', operation: 'rest', parameters: [] },
    Sing: { description: 'Sings.', provider: 'painter', operation: 'sing', parameters: [] },
    Swim: { description: 'Swims.', provider: 'swimmer', operation: 'swim', parameters: [] },
    Inherit: { description: 'Is no own name.', provider: 'constructor', operation: 'name', parameters: [] },
  },
});

function painters(answer: (params: OperationParameters) => Json | NoticedAnswer = () => null) {
  const asked: OperationParameters[] = [];
  const run = async (params: OperationParameters) => {
    asked.push(params);
    return answer(params);
  };
  return { asked, ...bench(definition, undefined, { painter: { paint: run, rest: run } }) };
}

describe('parameters of an operation that are refused', () => {
  it.each<[string, Json, RegExp]>([
    ['none', undefined as unknown as Json, /^'Width' is missing\.$/],
    ['null', null, /the parameters must be a JSON object, not null/],
    ['a list', [1], /the parameters must be a JSON object, not \[1\]/],
    ['a text', 'x', /the parameters must be a JSON object, not "x"/],
    [
      'one unknown',
      { Width: 1, Height: 2 },
      /'Height' is not a parameter \(Width, Colour, Layers, Sizes, Title, Dry\)/,
    ],
    ['another case', { width: 1 }, /'Width' is missing; 'width' is not a parameter/],
    ['a name that objects have', { Width: 1, constructor: 1 }, /'constructor' is not a parameter/],
    ['below its limit', { Width: 0 }, /'Width' must be a whole number from 1 to 9, not 0/],
    ['above its limit', { Width: 10 }, /'Width' must be a whole number from 1 to 9, not 10/],
    ['a fraction', { Width: 1.5 }, /'Width' must be .*, not 1.5/],
    ['a text for a number', { Width: '1' }, /'Width' must be .*, not "1"/],
    ['null for an optional one', { Width: 1, Title: null }, /'Title' must be a string, not null/],
    [
      'another name of an enum',
      { Width: 1, Colour: 'Green' },
      /'Colour' must be one of Red, Blue, or a number, not "Green"/,
    ],
    ['another number of an enum', { Width: 1, Colour: 3 }, /'Colour' must be one of Red, Blue, not 3/],
    ['one where many go', { Width: 1, Layers: 'Red' }, /'Layers' must be an array, not "Red"/],
    ['null where many go', { Width: 1, Layers: null }, /'Layers' must be an array, not null/],
    [
      'many where one goes',
      { Width: 1, Colour: ['Red'] },
      /'Colour' must be one of Red, Blue, or a number, not \["Red"\]/,
    ],
    ['a wrong one of many', { Width: 1, Sizes: [1, 101] }, /'Sizes' must be a whole number from 1 to 100, not 101/],
    ['a number for a Boolean', { Width: 1, Dry: 1 }, /'Dry' must be true or false, not 1/],
    ['several', { Colour: 'x', More: 1 }, /'Width' is missing; 'Colour' must be .*; 'More' is not a parameter/],
  ])('%s', async (_name, params, message) => {
    const { errorOf, asked } = painters();
    const error = await errorOf('Paint', params);
    expect(error).toMatchObject({
      code: -32602,
      data: { id: 'InvalidParameter', function: 'Paint', category: 'InvalidArgument' },
    });
    expect(error.message).toMatch(message);
    expect(asked).toEqual([]);
  });

  it('every one, where there are none', async () => {
    expect((await painters().errorOf('Rest', { A: 1 })).message).toBe("'A' is not a parameter (none).");
  });
});

describe('parameters of an operation that are passed on', () => {
  it.each<[string, Json, OperationParameters]>([
    ['the least there must be', { Width: 1 }, { Width: 1 }],
    ['an enum in its own spelling', { Width: 1, Colour: 'Red' }, { Width: 1, Colour: 'Red' }],
    ['an enum in another case', { Width: 1, Colour: 'rED' }, { Width: 1, Colour: 'Red' }],
    ['an enum by its number', { Width: 1, Colour: 2 }, { Width: 1, Colour: 'Blue' }],
    ['many', { Width: 9, Layers: ['blue', 1, 'BLUE'] }, { Width: 9, Layers: ['Blue', 'Red', 'Blue'] }],
    ['none of many', { Width: 9, Sizes: [] }, { Width: 9, Sizes: [] }],
    ['texts and Booleans', { Width: 1, Title: '', Dry: false }, { Width: 1, Title: '', Dry: false }],
  ])('%s', async (_name, params, wanted) => {
    const { resultOf, asked, backend } = painters();
    await resultOf('Paint', params);
    expect(asked).toEqual([wanted]);
    expect(backend.calls).toEqual([]);
  });

  it('none at all, whether there is an object or not', async () => {
    const { resultOf, asked } = painters();
    await resultOf('Rest');
    await resultOf('Rest', {});
    expect(asked).toEqual([{}, {}]);
  });
});

describe('ranges', () => {
  it.each<[string, Json[], number[]]>([
    ['numbers', [80, 443], [80, 443]],
    ['numbers as text', ['80', ' 443 '], [80, 443]],
    ['a range with a hyphen', ['8080-8082'], [8080, 8081, 8082]],
    ['a range with dots', ['8080..8082'], [8080, 8081, 8082]],
    ['a range with spaces', [' 8080 - 8082 '], [8080, 8081, 8082]],
    ['a range of one', ['80-80'], [80]],
    ['several in one text', ['80,443, 8080-8081'], [80, 443, 8080, 8081]],
    ['all together', [1, '3-4', '6'], [1, 3, 4, 6]],
    ['the ends of the limits', ['0-1', '65534..65535'], [0, 1, 65_534, 65_535]],
    ['none', [], []],
  ])('%s', async (_name, Port, wanted) => {
    const { resultOf, asked } = painters();
    await resultOf('Frame', { Port });
    expect(asked).toEqual([{ Port: wanted }]);
  });

  it.each<[string, Json, RegExp]>([
    [
      'that end before they begin',
      ['8082-8080'],
      /'Port' must not have a range that ends before it starts.*"8082-8080"/,
    ],
    ['that leave the limits', ['65530-65536'], /'Port' must be a whole number from 0 to 65535, not 65536/],
    ['with two signs', ['1-2-3'], /'Port' must be numbers, or ranges such as 8080-8082, not "1-2-3"/],
    ['with three dots', ['1...3'], /must be numbers, or ranges/],
    ['without an end', ['8080-'], /must be numbers, or ranges/],
    ['with a sign', ['-1'], /must be numbers, or ranges/],
    ['with a fraction', ['1.5'], /must be numbers, or ranges/],
    ['with nothing between commas', ['80,,443'], /must be numbers, or ranges/],
    ['that are empty', [''], /must be numbers, or ranges/],
    ['of a word that no parameter has', ['http'], /must be numbers, or ranges.*"http"/],
    ['of a null', [null], /'Port' must be .*, not null/],
    ['that are not in a list', '8080-8082', /'Port' must be an array/],
  ])('%s are refused', async (_name, Port, message) => {
    const { errorOf, asked } = painters();
    expect((await errorOf('Frame', { Port })).message).toMatch(message);
    expect(asked).toEqual([]);
  });

  it.each([
    ['one of them', ['0-1000000']],
    ['all of them', ['0-400000', '0-400000', '0-400000']],
    ['all of a text', ['0-400000,0-400000,0-400000']],
  ])('are no larger than what fits into memory: %s', async (_name, Amounts) => {
    const { errorOf, asked } = painters();
    const { message } = await errorOf('Count', { Amounts });
    expect(message).toContain("'Amounts' must not contain more than 1000000 numbers");
    expect(asked).toEqual([]);
  });

  it('are not read where a parameter does not take them', async () => {
    expect((await painters().errorOf('Paint', { Width: 1, Sizes: ['1-2'] })).message).toMatch(
      /'Sizes' must be .*"1-2"/,
    );
  });
});

describe('a word where ranges are taken', () => {
  it.each<[string, Json, OperationParameters]>([
    ['goes to the parameter that has it', { Port: ['Red'] }, { Layers: ['Red'] }],
    ['goes there in any case', { Port: ['bLUE', 'red'] }, { Layers: ['Blue', 'Red'] }],
    ['leaves the numbers', { Port: ['Red', '80-81'] }, { Port: [80, 81], Layers: ['Red'] }],
  ])('%s', async (_name, params, wanted) => {
    const { resultOf, asked } = painters();
    await resultOf('Frame', params);
    expect(asked).toEqual([wanted]);
  });

  it('stays, and is refused, if that parameter is given', async () => {
    const { errorOf, asked } = painters();
    const { message } = await errorOf('Frame', { Port: ['Red'], Layers: ['Blue'] });
    expect(message).toMatch(/'Port' must be numbers, or ranges .*"Red"/);
    expect(asked).toEqual([]);
  });
});

describe('notices of a provider', () => {
  it.each([[['One.', 'Two.']], [[]]])('%j go beside the result', async (notices) => {
    const { call } = painters(() => new NoticedAnswer({ Rows: [] }, notices));
    expect(await call('Rest')).toMatchObject({ result: { Rows: [] }, notices });
  });
});

describe('what a provider answers', () => {
  it.each<[string, Json]>([
    ['rows', { Rows: [{ A: 1, B: null }] }],
    ['null', null],
    ['a text with everything', '\u0000"\u2028\u{1f600}'],
  ])('%s goes through as it is', async (_name, result) => {
    expect(await painters(() => result).resultOf('Rest')).toEqual(result);
  });

  it('an error of the program keeps its id, its facts and its advice', async () => {
    const { errorOf } = painters(() => {
      throw new DlletError({
        id: 'PaintIsOut',
        category: 'ResourceUnavailable',
        message: 'There is no paint.',
        recommendedAction: 'Buy some.',
        data: { litres: 0, function: 'not this one' },
      });
    });
    expect(await errorOf('Rest')).toEqual({
      code: -32000,
      message: 'There is no paint.',
      data: {
        id: 'PaintIsOut',
        function: 'Rest',
        category: 'ResourceUnavailable',
        recommendedAction: 'Buy some.',
        litres: 0,
      },
    });
  });

  it.each<[string, unknown, string]>([
    ['an error', new TypeError('x is no function'), 'Rest: internal error: x is no function'],
    ['a text', 'oops', 'Rest: internal error: oops'],
    ['nothing', undefined, 'Rest: internal error: undefined'],
  ])('%s that it throws is a defect, and is reported as one', async (_name, thrown, message) => {
    const { errorOf } = painters(() => {
      throw thrown;
    });
    expect(await errorOf('Rest')).toMatchObject({
      code: -32603,
      message,
      data: { id: 'BridgeProtocolError', function: 'Rest', recommendedAction: expect.stringMatching(/bug in dllet/) },
    });
  });

  it.each(['Sing', 'Swim', 'Inherit'])('nobody answers %s: the program lacks it, and says so', async (name) => {
    const { provider, operation } = definition.operations[name] ?? {};
    expect(await painters().errorOf(name)).toMatchObject({
      code: -32000,
      message: `${name}: this version of dllet has no operation '${operation}' of the provider '${provider}'.`,
      data: { id: 'FunctionNotFound', function: name, category: 'ObjectNotFound' },
    });
  });

  it('wrong parameters are told before a missing provider', async () => {
    expect((await painters().errorOf('Swim', { A: 1 })).code).toBe(-32602);
  });
});

it('operations are among the names that an unknown one is compared with, and are none of the functions of callMany', async () => {
  const { errorOf } = painters();
  expect((await errorOf('Pain')).message).toContain('Ping, Paint, Draw, Frame, Count, Rest, Sing, Swim');
  expect(await errorOf('dllet.callMany', { function: 'Rest', columns: {} })).toMatchObject({ code: -32601 });
});

describe('defaults', () => {
  it('are what the provider is given where nothing is', async () => {
    const { asked, resultOf } = painters();
    await resultOf('Draw', {});
    await resultOf('Draw', { Colour: 'Red', Layers: [] });
    expect(asked).toEqual([
      { Colour: 'Blue', Layers: ['Red', 'Blue'] },
      { Colour: 'Red', Layers: [] },
    ]);
  });
});

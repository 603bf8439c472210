/** Lists of texts that an empty one ends: in JSON, in memory, and in definitions. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TypeExpression } from '../../src/definition/types.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import {
  countedOf,
  decodeValue,
  encodeValue,
  kindOf,
  type Machine,
  resolveShape,
  sizeOf,
  wireTypeOf,
} from '../../src/kinds/index.js';

const shapeOf = (type: TypeExpression) => resolveShape({ type }, {});
const MACHINE: Machine = { pointerBits: 64, longBits: 64, sizeOf: () => 0, families: { ipv6: 10 } };

const list = fc.array(fc.stringMatching(/^[a-zäöü€😀]{1,9}$/u), { maxLength: 9 });
const memoryOf = (encoding: 'utf16' | 'utf8') => {
  const counted = countedOf(shapeOf({ texts: encoding, capacity: { parameter: 'n' } }), MACHINE);
  if (!counted || !('toBytes' in counted)) throw new Error('it is not counted');
  return counted;
};

describe('in JSON', () => {
  it('are what the schema says, and the same after a round', () => {
    const shape = shapeOf({ texts: 'utf16' });
    const validate = new Ajv2020({ strict: false }).compile(kindOf(shape).schema(shape));
    fc.assert(
      fc.property(list, (json) => {
        expect(validate(json)).toBe(true);
        expect(encodeValue(shape, decodeValue(shape, json))).toEqual(json);
      }),
    );
    expect(validate(['a', ''])).toBe(false);
  });

  it('are an array of strings in PowerShell', () => {
    expect(wireTypeOf(shapeOf({ texts: 'ansi' }))).toEqual({ array: 'string' });
    expect(kindOf(shapeOf({ texts: 'ansi' })).powershellType(shapeOf({ texts: 'ansi' }))).toBe('string[]');
  });
});

describe('in memory', () => {
  it.each(['utf16', 'utf8'] as const)('each has its NUL, and one more is behind the last, in %s', (encoding) => {
    const { toBytes, fromBytes } = memoryOf(encoding);
    const unit = encoding === 'utf16' ? 'utf16le' : 'utf8';
    fc.assert(
      fc.property(list, fc.uint8Array({ maxLength: 8 }), (texts, behind) => {
        const bytes = Buffer.from(toBytes(texts, 'list'));
        const expected = texts.length === 0 ? '\0\0' : `${texts.join('\0')}\0\0`;
        expect(bytes).toEqual(Buffer.from(expected, unit));
        expect(fromBytes(Buffer.concat([bytes, behind]))).toEqual(texts);
      }),
    );
  });

  it('are read from any bytes, and only from these', () => {
    const { fromBytes } = memoryOf('utf16');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const texts = fromBytes(bytes) as string[];
        expect(texts).not.toContain('');
        expect(texts.reduce((sum, one) => sum + one.length, 0) * 2).toBeLessThanOrEqual(bytes.length);
      }),
    );
    expect(fromBytes(Buffer.from('a\0b', 'utf16le'))).toEqual(['a', 'b']);
    expect(fromBytes(Buffer.from('\0b\0\0', 'utf16le'))).toEqual([]);
  });

  it('have the size of their characters, or that of a pointer', () => {
    expect(sizeOf(shapeOf({ texts: 'utf16', capacity: 9 }))).toBe(18);
    expect(sizeOf(shapeOf({ texts: 'utf16' }))).toBe(8);
  });
});

describe('in a definition', () => {
  const mistakesOf = (functions: unknown, types = {}) =>
    validateDefinitionText(
      JSON.stringify({ name: 'Lists', library: 'lists.dll', types, functions, cmdlets: { 'Get-It': 'f' } }),
    ).mistakes.map(({ message }) => message);
  const withParameter = (parameter: object) => ({
    f: {
      parameters: [{ name: 'list', ...parameter }],
      returns: { type: 'LONG', failure: 'none', resultName: 'Value' },
    },
  });

  it('need their memory where the function writes them', () => {
    expect(mistakesOf(withParameter({ type: { texts: 'utf16' }, direction: 'in' }))).toEqual([]);
    expect(mistakesOf(withParameter({ type: { texts: 'utf16' }, direction: 'out' }))).toEqual([
      "the out texts 'list' need a capacity, the size of their buffer",
    ]);
    expect(
      mistakesOf(withParameter({ type: { texts: 'utf16', capacity: { field: 'n' } }, direction: 'in' }))[0],
    ).toMatch(/is not a field/);
  });

  it('can be in a simulated reply', () => {
    const source = (outputs: unknown) =>
      JSON.stringify({
        name: 'Lists',
        library: 'lists.dll',
        functions: ['[fails(never)] PZZWSTR f(void);'],
        cmdlets: { 'Get-It': 'f' },
        simulation: { f: [{ outputs }] },
      });
    const messages = (outputs: unknown) => validateDefinitionText(source(outputs)).mistakes.map((one) => one.message);
    expect(messages({ Value: ['a', 'b'] })).toEqual([]);
    expect(messages({ Value: null })).toEqual([]);
    expect(messages({ Value: ['a', ''] })[0]).toMatch(/at \[1\]: must not be empty/);
  });
});

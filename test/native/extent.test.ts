/** The bytes of a value as the definition counts them, against koffi, which lays structs out as the C compiler does. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TypeExpression } from '../../src/definition/types.js';
import { builtInNames, resolveShape, sizeOf } from '../../src/kinds/index.js';
import { codecOf } from '../../src/native/marshal.js';

const { type: anyType } = fc.letrec<{ type: TypeExpression }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(...builtInNames().filter((name) => !/^void$/i.test(name))),
    fc.constantFrom('BYTE', 'USHORT', 'INT', 'ULONG64').map((base) => ({ enum: { A: 1 }, base })),
    fc.record({ string: fc.constantFrom('utf8' as const, 'utf16' as const), capacity: fc.integer({ min: 1, max: 9 }) }),
    fc.record({ array: tie('type'), length: fc.integer({ min: 1, max: 5 }) }),
    fc.record({ pointer: tie('type') }),
    fc
      .array(tie('type'), { minLength: 1, maxLength: 5 })
      .map((types) => ({ struct: types.map((type, index) => ({ name: `F${index}`, type })) })),
  ),
}));

it.skipIf(process.arch === 'ia32')('is what it takes in memory', () => {
  fc.assert(
    fc.property(anyType, (type) => {
      const shape = resolveShape({ type }, {});
      expect(sizeOf(shape)).toBe(codecOf(shape, 'memory').type.size);
    }),
    { numRuns: 300 },
  );
});

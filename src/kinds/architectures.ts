/**
 * A type that the headers lay out differently for 64-bit and for 32-bit Windows. It resolves to the layout of the process.
 * Both layouts have the same JSON and PowerShell form, so callers see no difference.
 */
import type { TypeExpression } from '../definition/types.js';
import { declareInC } from './declare-in-c.js';
import type { JsonSchema, Shape, TypeForm } from './kind.js';
import { kindOf } from './registry.js';
import { TypeResolutionError } from './type-resolution-error.js';

const type = (description: string): JsonSchema => ({ allOf: [{ $ref: '#/$defs/type' }], description });

export const architectures: TypeForm<'architectures'> = {
  key: 'architectures',
  schema: {
    type: 'object',
    description:
      'A type with another layout in 32-bit Windows. Both layouts have the same fields, in any order, and are the same value.',
    required: ['architectures'],
    additionalProperties: false,
    properties: {
      architectures: {
        type: 'object',
        description: 'The layouts by processor architecture.',
        required: ['x64', 'x86'],
        additionalProperties: false,
        properties: {
          x64: type('The layout in 64-bit processes, of ARM64 as well.'),
          x86: type('The layout in 32-bit processes.'),
        },
      },
    },
  },
  resolve({ architectures: { x64, x86 } }, resolve) {
    const wide = resolve({ type: x64 });
    const narrow = inOrderOf(wide, resolve({ type: x86 }));
    const difference = differenceOf(wide, narrow);
    if (difference !== undefined)
      throw new TypeResolutionError(`it is not the same value in 32-bit Windows: ${difference}`);
    return process.arch === 'ia32' ? narrow : wide;
  },
  parts: ({ architectures: { x64, x86 } }) =>
    Object.entries({ x64, x86 }).map(([name, one]) => ({
      at: ['architectures', name],
      spec: { type: one },
      isBare: true,
      open: 'struct',
    })),
  inC: ({ architectures: { x64 } }, declarator, declare) => declare(x64, declarator),
};

/** Returns the typedef of a named type as C that `parsePrototypes` can read, with both layouts if there are two. */
export function typedefInC(name: string, expression: TypeExpression): string {
  const one = (layout: TypeExpression) => `typedef ${declareInC(layout, name)};`;
  if (typeof expression === 'string' || !('architectures' in expression)) return one(expression);
  const { x64, x86 } = expression.architectures;
  return inBothLayouts(one(x64), one(x86));
}

/** C for 64-bit Windows, and C for 32-bit Windows, as one text. */
export const inBothLayouts = (x64: string, x86: string): string => `#ifdef _WIN64\n${x64}\n#else\n${x86}\n#endif`;

/** Returns a shape with its fields in the order in which another shape shows them. */
function inOrderOf(other: Shape, shape: Shape): Shape {
  return kindOf(shape).inOrder?.(shape, fieldsOf(other)) ?? shape;
}

const fieldsOf = (shape: Shape): string[] => (kindOf(shape).fields?.(shape) ?? []).map(({ name }) => name);

/** Returns the first difference that a caller would see between two shapes, in words; undefined if there is none. */
function differenceOf(wide: Shape, narrow: Shape): string | undefined {
  const names = fieldsOf(wide);
  const others = fieldsOf(narrow);
  const missing = names.find((name) => !others.includes(name));
  if (missing !== undefined) return `it has no field '${missing}'`;
  const extra = others.find((name) => !names.includes(name));
  if (extra !== undefined) return `it has a field '${extra}'`;
  if (seenOf(wide) === seenOf(narrow)) return undefined;
  const parts = (shape: Shape) => kindOf(shape).fields?.(shape) ?? [];
  const changed = parts(wide).find(
    ({ name, shape }) => seenOf(shape) !== seenOf(parts(narrow).find((one) => one.name === name)?.shape ?? shape),
  );
  return changed ? `the field '${changed.name}' has other values` : 'it has other values';
}

/** Returns everything that JSON, PowerShell and help show of a value, for comparison. */
function seenOf(shape: Shape): string {
  const kind = kindOf(shape);
  return JSON.stringify([
    kind.schema(shape),
    kind.powershellType(shape),
    kind.wireType?.(shape),
    kind.inWords(shape, 'given'),
    kind.inWords(shape, 'returned'),
    kind.passing,
    kind.open?.(shape),
  ]);
}

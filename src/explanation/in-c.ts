/** The C declaration of a function, and of the types that it uses. */
import { own } from '../definition/own.js';
import type { Definition, TypeExpression } from '../definition/types.js';
import { countedOf, declareInC, kindOf, partsOf, typedefInC } from '../kinds/index.js';
import type { FunctionModel, Parameter } from '../model/types.js';

/**
 * Returns the prototype. It can differ from the header in const and in the names of types, but not in memory layout.
 */
export function functionInC(fn: FunctionModel): string {
  const parameters = fn.parameters.map(parameterInC).join(', ') || 'void';
  const convention = fn.callingConvention === 'stdcall' ? '__stdcall ' : '';
  return `${declareInC(fn.returns.type, `${convention}${fn.name}(${parameters})`)};`;
}

/** The declaration of a parameter. */
export function parameterInC({ name, type, direction, pointer, shape }: Parameter): string {
  const kind = kindOf(shape);
  const isBehind =
    direction !== 'in' || pointer === true || kind.passing === 'memory' || countedOf(shape, ANY_MACHINE) !== undefined;
  if (!isBehind) return declareInC(type, name);
  const declared = declareInC(type, `*${name}`);
  return direction === 'in' && !declared.startsWith('const ') ? `const ${declared}` : declared;
}

/** Whether memory is counted does not depend on the machine. */
const ANY_MACHINE = { pointerBits: 64, longBits: 64, sizeOf: () => 0, families: { ipv6: 10 } } as const;

/**
 * The named types that a function uses, directly or indirectly, in an order in which each follows those that it needs.
 */
export function typesInC(fn: FunctionModel, { types }: Definition): string[] {
  const declared = new Map<string, string>();
  const visit = (type: TypeExpression): void => {
    if (typeof type !== 'string') {
      for (const { spec } of partsOf(type)) visit(spec.type);
      return;
    }
    const spec = own(types, type);
    if (!spec || declared.has(type)) return;
    declared.set(type, '');
    visit(spec.type);
    declared.delete(type);
    declared.set(type, typedefInC(type, spec.type));
  };
  for (const { type } of [...fn.parameters, fn.returns]) visit(type);
  return [...declared.values()];
}

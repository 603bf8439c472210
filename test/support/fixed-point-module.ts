/** The definition of a module over C's `abs`, which works for fixed-point numbers as well as for integers. */
import { expandDefinition } from '../../src/definition/expand.js';
import type { Definition, DefinitionSource, TypeExpression } from '../../src/definition/types.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { toText } from './definitions.js';
import { sourceOf } from './simple-module.js';

/** The definition as written. */
export function fixedPointSource(type: TypeExpression = { fixedPoint: 8 }): DefinitionSource {
  const parameters = { Number: 'LONG' };
  const source = sourceOf({
    name: 'FixedPoint',
    functions: [{ name: 'abs', cmdlet: 'Get-Magnitude', parameters, returns: 'LONG' }],
  });
  const { abs } = source.functions;
  if (!abs) throw new Error('the definition has no function abs');
  const [number] = abs.parameters.map(({ isSize: _, ...rest }) => ({ ...rest, type }));
  return {
    ...source,
    functions: { abs: { ...abs, parameters: number ? [number] : [], returns: { ...abs.returns, type } } },
  };
}

/** The checked definition. Throws if it has a mistake. */
export function fixedPointDefinition(): Definition {
  const source = fixedPointSource();
  const { mistakes } = validateDefinitionText(toText(source));
  if (mistakes.length > 0) throw new Error(mistakes.map(({ pointer, message }) => `${pointer}: ${message}`).join('\n'));
  return expandDefinition(source);
}

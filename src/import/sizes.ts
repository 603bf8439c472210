/**
 * Handles sizes that Win32 metadata does not mark. A parameter that could be a size is refused; one that cannot be is
 * marked.
 */
import { type FoundSize, findSizes } from '../definition/checks/find-sizes.js';
import { resolveType } from '../definition/checks/resolve-type.js';
import { isInput, isOutput } from '../definition/parameters.js';
import { namesSize } from '../definition/size-names.js';
import type { ParameterDefinition } from '../definition/types.js';
import { kindOf, type Shape, wholeNumberOf } from '../kinds/index.js';
import type { MetadataFunction, MetadataParameter } from './metadata.js';
import type { Note } from './parameters.js';
import type { TypeImporter } from './type-importer.js';

/** A parameter that is refused, and why. */
export interface SizeRefusal {
  readonly parameter: string;
  readonly reason: string;
}

/**
 * Functions whose pointers to numbers point to one number each, although other parameters are numbers as well. Each was
 * reviewed. Source: their pages on learn.microsoft.com.
 */
const SINGLE_VALUES = /^(Create|Lookup)Persistent(Tcp|Udp)PortReservation$/;

/**
 * Returns the parameters, marked where they are not sizes, or the reasons for refusing. `parameters` are in the order
 * of the function.
 */
export function settleSizes(
  entry: MetadataFunction,
  parameters: readonly ParameterDefinition[],
  importer: TypeImporter,
  note: Note,
): { readonly parameters: readonly ParameterDefinition[]; readonly refusals: readonly SizeRefusal[] } {
  const { types } = importer;
  // A number with its own type, such as flags, is not a size.
  const typed = parameters.map((one, index): ParameterDefinition => {
    const isOwn = importer.isEnum((entry.Params[index] as MetadataParameter).Type);
    return isOwn && isWholeNumber(shapeOf(one)) ? { ...one, isSize: false } : one;
  });
  const refusals: SizeRefusal[] = SINGLE_VALUES.test(entry.Name) ? [] : severalValues(typed, shapeOf);
  const settled = [...typed];
  for (const found of findSizes({ parameters: typed }, types)) {
    const { index, parameter, field, memory } = found;
    const isPointerToOne = memory.some(isUncounted);
    if (field !== undefined || namesSize(parameter.name) || isPointerToOne) refusals.push(refusalOf(found));
    else {
      settled[index] = { ...parameter, isSize: false, reviewed: false };
      note(`${parameter.name}: taken for no size of ${memory.join(' or ')}; check its page`);
    }
  }
  // Keep the mark only on parameters that could otherwise be sizes.
  const needed = new Set(findSizes({ parameters }, types).map(({ index }) => index));
  const kept = settled.map((one, index) => (needed.has(index) ? one : (parameters[index] as ParameterDefinition)));
  return { parameters: kept, refusals };

  function shapeOf(parameter: ParameterDefinition): Shape | undefined {
    return resolveType({ types }, parameter);
  }

  /**
   * Memory without a known element count: a pointer to a struct may point to the first of many. A pointer to a GUID
   * points to one.
   */
  function isUncounted(name: string): boolean {
    const index = typed.findIndex((one) => one.name === name);
    const { Type } = entry.Params[index] as MetadataParameter;
    const isGuid = Type.Kind === 'PointerTo' && Type.Child.Kind === 'Native' && Type.Child.Name === 'Guid';
    const shape = shapeOf(typed[index] as ParameterDefinition);
    return !isGuid && shape !== undefined && kindOf(shape).fields !== undefined;
  }
}

const isWholeNumber = (shape: Shape | undefined) => shape !== undefined && wholeNumberOf(shape) !== undefined;
const isArithmetic = (shape: Shape | undefined) => shape !== undefined && kindOf(shape).isArithmetic === true;

type Shapes = (parameter: ParameterDefinition) => Shape | undefined;

/** Pointers to numbers next to numbers that a caller chooses: each may point to the first of that many. */
function severalValues(parameters: readonly ParameterDefinition[], shapeOf: Shapes): SizeRefusal[] {
  const free = parameters.filter((one) => isInput(one) && one.isSize !== false && isWholeNumber(shapeOf(one)));
  return parameters
    .filter((one) => isOutput(one) && isArithmetic(shapeOf(one)))
    .flatMap((one) => {
      const beside = free.filter((other) => other !== one).map(({ name }) => name);
      return beside.length === 0
        ? []
        : [
            {
              parameter: one.name,
              reason: `it is a pointer to numbers, and ${beside.join(' or ')} could tell how many; ${BY_HAND}`,
            },
          ];
    });
}

const BY_HAND = 'metadata does not say, so write this function by hand, from its page';

function refusalOf({ parameter, field, memory }: FoundSize): SizeRefusal {
  const what = field === undefined ? 'it' : `its field ${field}`;
  return { parameter: parameter.name, reason: `${what} could be the size of ${memory.join(' or ')}; ${BY_HAND}` };
}

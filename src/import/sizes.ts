/** Sizes in Win32 metadata that it does not tell: what could be one is refused, and what it shows to be none is marked so. */
import { type FoundSize, findSizes, namesSize } from '../definition/checks/find-sizes.js';
import { resolveType } from '../definition/checks/resolve-type.js';
import { isInput, isOutput } from '../definition/parameters.js';
import type { ParameterDefinition } from '../definition/types.js';
import { kindOf, type Shape, wholeNumberOf } from '../kinds/index.js';
import type { MetadataFunction, MetadataParameter } from './metadata.js';
import type { Note } from './parameters.js';
import type { TypeImporter } from './type-importer.js';

/** A parameter that cannot be taken, and why. */
export interface SizeRefusal {
  readonly parameter: string;
  readonly reason: string;
}

/**
 * Functions whose pointers to numbers are pointers to one number each, although they take other numbers as well. Reviewed one by one.
 * Source: their pages on learn.microsoft.com.
 */
const SINGLE_VALUES = /^(Create|Lookup)Persistent(Tcp|Udp)PortReservation$/;

/** The parameters with what is known of sizes, or the reasons why not. `parameters` are in the order of the function's own. */
export function settleSizes(
  entry: MetadataFunction,
  parameters: readonly ParameterDefinition[],
  importer: TypeImporter,
  note: Note,
): { readonly parameters: readonly ParameterDefinition[]; readonly refusals: readonly SizeRefusal[] } {
  const { types } = importer;
  // A number with a type of its own, such as flags, is no size.
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
      settled[index] = { ...parameter, isSize: false };
      note(`${parameter.name}: taken for no size of ${memory.join(' or ')}; check its page`);
    }
  }
  // Where nothing is beside it, the mark says nothing.
  const needed = new Set(findSizes({ parameters }, types).map(({ index }) => index));
  const kept = settled.map((one, index) => (needed.has(index) ? one : (parameters[index] as ParameterDefinition)));
  return { parameters: kept, refusals };

  function shapeOf(parameter: ParameterDefinition): Shape | undefined {
    return resolveType({ types }, parameter);
  }

  /** Memory of which metadata has said no number: a pointer to a struct may be the first of many. One to a GUID is to one. */
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

/** Pointers to numbers beside numbers that a caller chooses: each may be the first of as many as those say. */
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

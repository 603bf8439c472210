/** Describes the values that dllet sets, and which function releases or frees a value. */
import { countsIn } from '../definition/counts.js';
import { kindOf, type Shape } from '../kinds/index.js';
import type { FunctionModel, Parameter } from '../model/types.js';
import type { ExplainedValue } from './explanation.js';

/** Describes the values that callers do not give. */
export function explainSets(fn: FunctionModel): ExplainedValue[] {
  const own = fn.parameters.flatMap((one) => {
    const text = setText(one, fn);
    return text === undefined ? [] : [{ name: one.name, text }];
  });
  const inside = fn.parameters.flatMap(({ name, shape }) =>
    partsIn(shape, name).flatMap(({ path, shape: part }) =>
      (kindOf(part).filled?.(part) ?? []).map((one) => ({ name: `${path}.${one.name}`, text: one.value })),
    ),
  );
  return [...own, ...inside];
}

function setText(parameter: Parameter, { parameters, repetition, returns }: FunctionModel): string | undefined {
  const { name, constant, bound, null: whenNull } = parameter;
  if (whenNull === 'always') return 'always NULL';
  if (constant !== undefined) return `always ${constant}`;
  if (repetition?.name === name)
    return repetition.until === undefined
      ? 'the position from which the function continues; dllet calls it until there is no more data'
      : `counts up from ${repetition.start}; each call is a row of the output`;
  if (!bound) return undefined;
  const counted = [...parameters.map((one) => ({ ...one, of: one.name })), { ...returns, of: 'the returned memory' }];
  const texts = counted.flatMap(({ type, of }) => {
    const by = countsIn(type);
    if (by?.parameter === name) return [`the number of ${by.unit === 'bytes' ? 'bytes' : 'elements'} of ${of}`];
    if (by?.written === name) return [`how much of ${of} was written`];
    return by?.each === name ? [`the number of structs in ${of}`] : [];
  });
  return texts.join(', and ') || 'a size';
}

/**
 * Describes handles, and memory that the function or the library allocated. All other memory is freed after the call.
 */
export function explainOwners(fn: FunctionModel): ExplainedValue[] {
  const values = [
    ...fn.parameters.map((one) => ({ ...one, isGiven: one.direction === 'in' })),
    ...(isReported(fn.returns)
      ? [{ ...fn.returns, name: fn.returns.resultName ?? RETURNED, shape: fn.result, isGiven: false }]
      : []),
  ];
  return values.flatMap(({ name, shape, allocated, free, freed, isGiven }) => [
    ...handlesIn(shape, name, fn.name, isGiven),
    ...(free === undefined
      ? []
      : [{ name, text: `${fn.name} allocates the memory; dllet frees it with ${free}, ${whenFreed(freed)}` }]),
    ...(free === undefined && (allocated || isLent(shape, isGiven))
      ? [{ name, text: 'the library keeps the memory; dllet copies its contents' }]
      : []),
  ]);
}

const RETURNED = 'the returned value';

/** A returned value that is neither reported nor freed needs no mention. */
const isReported = ({ resultName, free }: FunctionModel['returns']) => resultName !== undefined || free !== undefined;

const whenFreed = (freed: 'onSuccess' | undefined): string =>
  freed === 'onSuccess' ? 'once, if the call succeeded' : 'once, also if the call failed';

function handlesIn(shape: Shape, name: string, called: string, isGiven: boolean): ExplainedValue[] {
  return partsIn(shape, name).flatMap(({ path, shape: part }) => {
    const release = kindOf(part).release?.(part);
    if (release === undefined) return [];
    if (release === called) return [{ name: path, text: `${called} releases this handle; it is then no longer valid` }];
    const text = isGiven
      ? `a handle that ${release} releases; it stays open`
      : `a new handle; release it with ${release}, or dllet does so when the bridge ends`;
    return [{ name: path, text }];
  });
}

/** True for a value behind a pointer that the function returns. */
const isLent = (shape: Shape, isGiven: boolean): boolean =>
  !isGiven && partsIn(shape, '').some(({ shape: part }) => kindOf(part).isPointer?.(part) === true);

interface Part {
  readonly path: string;
  readonly shape: Shape;
}

/** Returns a value and its parts at any depth, with the path of each. */
function partsIn(shape: Shape, path: string): Part[] {
  const kind = kindOf(shape);
  const element = kind.element?.(shape);
  const inner = element
    ? partsIn(element, `${path}[]`)
    : [
        ...(kind.fields?.(shape) ?? []).flatMap((one) => partsIn(one.shape, `${path}.${one.name}`)),
        ...(kind.fields ? [] : (kind.lent?.(shape) ?? []).flatMap((one) => partsIn(one, path))),
      ];
  return [{ path, shape }, ...inner];
}

/** Marks the numbers of a prototype that are not sizes. */
import { kindWithType } from '../../kinds/index.js';
import { countsIn, isCountedBy } from '../counts.js';
import { namesCount, namesSize } from '../size-names.js';
import type { Extent, LongParameter, LongType } from './long-form.js';
import type { Read } from './read-parameters.js';

/**
 * Returns the parameters with `isSize: false` on each number that is not a size: beside one value or a text, and with a
 * name that does not suggest a size. Extents name the sizes of all memory behind pointers, so other numbers are not
 * sizes. Beside memory of a fixed length nothing is marked, because a number there can be an index, or the used length.
 */
export function markPlainNumbers(parameters: readonly LongParameter[], read: readonly Read[]): LongParameter[] {
  const isCount = ({ name }: LongParameter) => parameters.some(({ type }) => isCountedBy(type, name));
  const hasFixed = parameters.some(({ type }) => isOfFixedLength(type));
  const hasOneValue = parameters.some((one) => isOneValueOrText(one) && !isCount(one));
  if (hasFixed || !hasOneValue) return [...parameters];
  return parameters.map((one, index) => {
    const isPlain = isFreeNumber(read[index] as Read, one) && !isCount(one);
    return isPlain ? { ...one, isSize: false } : one;
  });
}

function isOfFixedLength(type: LongType): boolean {
  if (typeof type === 'string') return false;
  const { length, bytes, capacity } = type as { length?: Extent; bytes?: Extent; capacity?: Extent };
  return [length, bytes, capacity].some((extent) => typeof extent === 'number');
}

/**
 * True for a pointer to one number, struct or handle, or to memory that contains its own end, such as a text or a SID.
 */
function isOneValueOrText({ type, direction, pointer }: LongParameter): boolean {
  if (countsIn(type)) return false;
  const tellsItsEnd = typeof type === 'object' || kindWithType(type)?.passing === 'pointer';
  return direction !== 'in' || pointer === true || tellsItsEnd;
}

/** True for a number that a caller chooses and whose name does not suggest a size. */
function isFreeNumber({ type, cName, callback }: Read, { constant }: LongParameter): boolean {
  const isNumber = !callback && type.pointers.length === 0 && /^(number|byte|char)$/.test(type.base.role);
  return isNumber && constant === undefined && !namesSize(cName) && !namesCount(cName);
}

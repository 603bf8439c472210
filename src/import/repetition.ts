/**
 * Functions that are called repeatedly: by an index, or with a token for the next call, according to the reviewed
 * rules.
 */
import { isNumber } from './extents.js';
import type { ImportedFailure } from './failures/failure-rule-of.js';
import { hasAttribute, type MetadataFunction, type MetadataParameter } from './metadata.js';

export interface ImportedRepetition {
  /** The parameter that changes from call to call. */
  readonly parameter: number;
  /** `index(259)` or `resume(234)`. */
  readonly mark: string;
  /** The codes of the mark. */
  readonly codes: readonly number[];
}

/** Returns how a function that enumerates is called repeatedly; undefined for any other function. */
export function repetitionOf(
  { Name, Params }: MetadataFunction,
  { absent = [], more = [] }: ImportedFailure,
): ImportedRepetition | undefined {
  if (!/Enum|Get(Users|Members)$/.test(Name)) return undefined;
  const all = Params.map((one, index) => ({ one, index }));
  const indices = absent.length > 0 ? all.filter(({ one }) => isIndex(one)) : [];
  if (indices.length === 1) return repetition(indices[0]?.index, 'index', absent);
  // Only the elements of arrays can be joined.
  const hasElements = Params.some(({ Attrs }) => hasAttribute(Attrs, 'Elements'));
  const token = more.length > 0 && hasElements ? all.find(({ one }) => isToken(one)) : undefined;
  return repetition(token?.index, 'resume', more);
}

const repetition = (parameter: number | undefined, mark: string, codes: readonly number[]) =>
  parameter === undefined ? undefined : { parameter, mark: `${mark}(${codes.join(', ')})`, codes };

const isIndex = ({ Name, Type }: MetadataParameter) =>
  /index$/i.test(Name) && Type.Kind !== 'PointerTo' && isNumber(Type);

const isToken = ({ Name, Type, Attrs }: MetadataParameter) =>
  /resume/i.test(Name) &&
  Type.Kind === 'PointerTo' &&
  isNumber(Type) &&
  hasAttribute(Attrs, 'In') &&
  hasAttribute(Attrs, 'Out');

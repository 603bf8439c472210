/** Checks that no caller can make a function read or write past its memory. */
import { pointerTo } from '../source-text.js';
import type { DefinitionSource } from '../types.js';
import { type FoundSize, findSizes } from './find-sizes.js';
import type { Report } from './report.js';

export function checkSizes(source: DefinitionSource, report: Report): void {
  for (const [name, fn] of Object.entries(source.functions)) {
    const place = pointerTo('functions', name, 'parameters');
    for (const found of findSizes(fn, source.types ?? {})) report(place + pointerTo(found.index), sizeMessage(found));
  }
}

const NO_SIZE =
  'where the documentation shows that it is not a size, write [value] before it ("isSize": false in the long form)';

/** Describes the mistake, and how an author can fix it. */
export function sizeMessage({ parameter, field, memory, limit, constant }: FoundSize): string {
  const of = memory.map((name) => `'${name}'`).join(' or ');
  if (constant !== undefined)
    return `'${parameter.name}' is ${constant}, but the memory of ${of} has at most ${limit} bytes: write a smaller size`;
  if (memory.length === 0)
    return (
      `the field '${field}' of '${parameter.name}' could be the size of memory that another field points to, or of the end of its struct. A caller could then make the ` +
      `function read or write past the end. Name it as the size of that memory, make it constant, or ${NO_SIZE}`
    );
  const ways =
    field === undefined
      ? ['make it a constant', ...(limit > 1 ? [`give it minimum 0 and a maximum of at most ${limit}`] : [])]
      : [`give the field minimum 0 and a maximum of at most ${limit}, the bytes of the struct`];
  return (
    `${field === undefined ? '' : `the field '${field}' of `}'${parameter.name}' could be the size of ${of}. A caller could then make the ` +
    `function read or write past the end. Choose one: ${ways.join(', ')}, or ${NO_SIZE}`
  );
}

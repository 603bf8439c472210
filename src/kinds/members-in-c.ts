/** Writes the fields of structs and unions in C. */
import type { FieldDefinition } from '../definition/types.js';
import type { Declare } from './kind.js';

/** Returns `struct { int a; } name`; `word` is the keyword before the fields. */
export function membersInC(
  word: string,
  fields: readonly FieldDefinition[],
  declarator: string,
  declare: Declare,
): string {
  const members = fields.map(({ name, type, bits, padding }) => {
    const member = declare(type, padding ? '' : name);
    return `${member}${bits === undefined ? '' : ` : ${bits}`};`;
  });
  return `${word} { ${members.join(' ')} }${declarator === '' ? '' : ` ${declarator}`}`;
}

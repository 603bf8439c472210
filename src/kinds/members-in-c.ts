/** The fields of structs and unions as C declares them. */
import type { FieldDefinition } from '../definition/types.js';
import type { Declare } from './kind.js';

/** Returns `struct { int a; } name`; `word` stands before the fields. */
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

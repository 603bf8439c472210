/** Types as C declares them. */
import type { TypeExpression } from '../definition/types.js';
import { formOf } from './registry.js';

/** Returns the declaration of something: `DWORD *name` for the declarator `*name`. Named types are written by name. */
export function declareInC(type: TypeExpression, declarator: string): string {
  if (typeof type === 'string') return joined(type, declarator);
  const form = formOf(type);
  return form?.inC?.(type, declarator, declareInC) ?? joined(form?.key ?? 'void', declarator);
}

const joined = (type: string, declarator: string) => (declarator === '' ? type : `${type} ${declarator}`);

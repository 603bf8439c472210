/** Writes types as C declarations. */
import type { TypeExpression } from '../definition/types.js';
import { formOf } from './registry.js';

/** Returns a C declaration, such as `DWORD *name` for the declarator `*name`. A named type is written by its name. */
export function declareInC(type: TypeExpression, declarator: string): string {
  if (typeof type === 'string') return joined(type, declarator);
  const form = formOf(type);
  return form?.inC?.(type, declarator, declareInC) ?? joined(form?.key ?? 'void', declarator);
}

const joined = (type: string, declarator: string) => (declarator === '' ? type : `${type} ${declarator}`);

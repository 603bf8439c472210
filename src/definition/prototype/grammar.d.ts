/** The parser that the build generates from grammar.peggy. */
import type { Declaration, Expression, HeaderMacro } from './syntax.js';

/** Returns the tree of a text without comments and preprocessor lines. Throws SyntaxError. */
export function parse(text: string, options: { startRule: 'Text' }): (Declaration | HeaderMacro)[];
export function parse(text: string, options: { startRule: 'Constant' }): Expression;

declare class GrammarError extends Error {
  readonly expected: readonly { readonly type: string; readonly description?: string; readonly text?: string }[];
  readonly location: { readonly start: { readonly offset: number } };
}

export { GrammarError as SyntaxError };

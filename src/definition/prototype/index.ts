import type { FunctionDefinition, ValueSpec } from '../types.js';
export interface ParsedPrototypes {
  readonly functions: readonly { readonly name: string; readonly definition: Partial<FunctionDefinition> }[];
  readonly types: Readonly<Record<string, ValueSpec>>;
}
export class PrototypeError extends Error {}
export function parsePrototypes(text: string, _known: Readonly<Record<string, ValueSpec>>): ParsedPrototypes {
  throw new PrototypeError(`stub ${text}`);
}

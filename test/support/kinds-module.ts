/**
 * A module over a C library with functions of 1 to 6 parameters of every kind, some of whose calls fail, and the
 * expected result of each call.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadDefinition } from '../../src/definition/load.js';
import { compileLibrary } from '../standin/build.js';
import { editedSample } from './definitions.js';
import { digestOf, KIND_PROLOGUE, KIND_TYPES, KINDS, type Kind } from './native-kinds.js';
import type { ModuleBench } from './powershell-module.js';

/** A function of the library, and the cmdlet over it. */
export interface KindFunction {
  readonly name: string;
  readonly cmdlet: string;
  /** The parameters P1, P2 and so on. */
  readonly kinds: readonly Kind[];
}

/** The result of a call: the digest and, for a single parameter, its value; or the id of the error. */
export type Outcome = { readonly digest: string; readonly copy: unknown } | { readonly error: string };

/**
 * One function for each kind alone, and mixtures of 2 to 6 parameters, in which every kind is in every position at
 * least once.
 */
export const FUNCTIONS: readonly KindFunction[] = [
  ...KINDS.map((kind) => ({ name: `One${kind.name.replace('_', '')}`, kinds: [kind] })),
  ...[2, 3, 4, 5, 6].flatMap((arity) =>
    KINDS.map((_, first) => ({
      name: `Mix${arity}From${first}`,
      kinds: Array.from({ length: arity }, (_, place) => KINDS[(first + place * arity) % KINDS.length] as Kind),
    })),
  ),
].map((fn) => ({ ...fn, cmdlet: `Get-${fn.name}Digest` }));

/** Returns the name of the property and parameter in a position. */
export const parameterAt = (place: number) => `P${place + 1}`;

/** Returns the expected result of a call with these values. Two of seven digests are error codes. */
export function outcomeOf(fn: KindFunction, values: readonly unknown[]): Outcome {
  const digest = digestOf(fn.kinds.map((kind, place) => kind.bytes(values[place] as never)));
  if (digest % 7n === 0n) return { error: `NotThere,${fn.cmdlet}` };
  if (digest % 7n === 1n) return { error: `Win32Error,${fn.cmdlet}` };
  return { digest: String(digest), copy: fn.kinds.length === 1 ? values[0] : null };
}

/** Compiles the library, makes the module over it, and returns the line that imports it. */
export async function addKindsModule(bench: ModuleBench): Promise<string> {
  const file = path.join(bench.directory, 'kinds.json');
  writeFileSync(file, JSON.stringify(definitionSource(), null, 1));
  const manifest = await bench.addModule(await loadDefinition(file));
  const library = compileLibrary(bench.directory, 'kinds', KIND_PROLOGUE + FUNCTIONS.map(codeOf).join('\n'));
  return bench.importLine({ NodePath: bench.node, LibraryPath: library }, manifest);
}

function codeOf({ name, kinds }: KindFunction): string {
  const [only] = kinds;
  const copy = kinds.length === 1 ? only?.copy : undefined;
  const parameters = kinds.map((kind, place) => `${kind.c}p${place}`);
  const results = copy ? [`${copy.c}copy`] : [];
  return `EXPORT uint32_t STDCALL ${name}(${[...parameters, 'uint64_t *digest', ...results].join(', ')});
uint32_t STDCALL ${name}(${[...parameters, 'uint64_t *digest', ...results].join(', ')}) {
    uint64_t d = 14695981039346656037u;
    ${kinds.map((kind, place) => kind.mix(`p${place}`)).join('\n    ')}
    ${copy ? copy.statement.replaceAll(/\bp\b/g, 'p0') : ''}
    *digest = d;
    return d % 7 == 0 ? 2 : d % 7 == 1 ? 9999 : 0;
}`;
}

function definitionSource(): unknown {
  const error = { code: 2, symbol: 'ERROR_FILE_NOT_FOUND', id: 'NotThere', category: 'ObjectNotFound' };
  return editedSample({
    '/name': 'Kinds',
    '/variants': undefined,
    '/computed': undefined,
    '/types': KIND_TYPES,
    '/errors': [{ ...error, message: 'It is not there.', recommendedAction: 'Ask for another one.' }],
    '/functions': Object.fromEntries(FUNCTIONS.map((fn) => [fn.name, functionSource(fn)])),
    '/objects': Object.fromEntries(FUNCTIONS.map((fn) => [`${fn.name}Result`, objectSource(fn)])),
    '/cmdlets': FUNCTIONS.map((fn) => ({
      name: fn.cmdlet,
      function: fn.name,
      synopsis: 'Mixes values.',
      description: 'Mixes the bytes of the values.',
      output: { kind: 'object', object: `${fn.name}Result` },
      examples: [{ code: fn.cmdlet, description: 'Mixes.' }],
    })),
  });
}

function functionSource({ kinds }: KindFunction): unknown {
  const copy = kinds.length === 1 ? kinds[0]?.copy : undefined;
  return {
    description: 'Mixes values.',
    callingConvention: 'stdcall',
    parameters: [
      ...kinds.map(({ type }, place) => ({ name: parameterAt(place), type, direction: 'in', ...notASize(type) })),
      { name: 'Digest', type: 'ULONG64', direction: 'out' },
      ...(copy ? [{ name: 'Copy', type: copy.type, direction: 'out' }] : []),
    ],
    returns: { type: 'ULONG', failure: 'win32' },
    changesState: false,
  };
}

/** No parameter here is the size of another one's memory. */
function notASize(type: unknown): { isSize?: false } {
  const isInteger = typeof type === 'string' && /^(CHAR|BYTE|U?SHORT|U?LONG(64|_PTR)?|SIZE_T)$/.test(type);
  return isInteger ? { isSize: false } : {};
}

function objectSource({ name, kinds }: KindFunction): unknown {
  return {
    typeName: `Kinds.${name}`,
    description: 'A digest.',
    properties: [
      { name: 'Digest', from: 'Digest', description: 'The digest.' },
      ...(kinds.length === 1 ? [{ name: 'Copy', from: 'Copy', description: 'The value again.' }] : []),
    ],
  };
}

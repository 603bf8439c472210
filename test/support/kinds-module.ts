/**
 * A module over a C library with functions of 1 to 6 parameters of every kind, some of whose calls fail, and the
 * expected result of each call.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadDefinition } from '../../src/definition/load.js';
import type { NamedTypes } from '../../src/kinds/index.js';
import { compileLibrary } from '../standin/build.js';
import { ALL_KINDS, COMPOSED_FUNCTIONS, COMPOSED_PROLOGUE, COMPOSED_TYPES } from './composed-kinds.js';
import { editedSample } from './definitions.js';
import { digestOf, KIND_PROLOGUE, KIND_TYPES, type Kind } from './native-kinds.js';
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

/** The types of the definition. */
export const NAMED_TYPES = { ...KIND_TYPES, ...COMPOSED_TYPES } as unknown as NamedTypes;

/** The step between kinds that begin a mixture of this many parameters: every kind, or every third. */
const STEPS = { 2: 1, 3: 3, 4: 3, 5: 3, 6: 1 };

/**
 * One function for each kind alone, and mixtures of 2 to 6 parameters, in which every kind is in every position at
 * least once.
 */
export const FUNCTIONS: readonly KindFunction[] = [
  ...ALL_KINDS.map((kind) => ({ name: `One${kind.name.replace('_', '')}`, kinds: [kind] })),
  ...Object.entries(STEPS).flatMap(([arity, step]) =>
    ALL_KINDS.flatMap((_, first) => (first % step === 0 ? [mixture(Number(arity), first)] : [])),
  ),
].map((fn) => ({ ...fn, cmdlet: `Get-${fn.name}Digest` }));

/** Returns the smallest set of functions of this many parameters in which every kind occurs. */
export function functionsOfEveryKind(arity: number): readonly KindFunction[] {
  const left = new Set(ALL_KINDS);
  const found: KindFunction[] = [];
  while (left.size > 0) {
    const newIn = ({ kinds }: KindFunction) =>
      kinds.length === arity ? kinds.filter((one) => left.has(one)).length : 0;
    const best = FUNCTIONS.reduce((one, other) => (newIn(other) > newIn(one) ? other : one));
    for (const kind of best.kinds) left.delete(kind);
    found.push(best);
  }
  return found;
}

function mixture(arity: number, first: number): Omit<KindFunction, 'cmdlet'> {
  return {
    name: `Mix${arity}From${first}`,
    kinds: Array.from({ length: arity }, (_, place) => ALL_KINDS[(first + place * arity) % ALL_KINDS.length] as Kind),
  };
}

/** Returns the name of the property and parameter in a position. */
export const parameterAt = (place: number) => `P${place + 1}`;

/** Of this many digests, two are error codes. */
const OUTCOMES = 7n;

/** Returns the expected result of a call with these values. */
export function outcomeOf(fn: KindFunction, values: readonly unknown[]): Outcome {
  const digest = digestOf(fn.kinds.map((kind, place) => kind.bytes(values[place] as never)));
  if (digest % OUTCOMES === 0n) return { error: `NotThere,${fn.cmdlet}` };
  if (digest % OUTCOMES === 1n) return { error: `Win32Error,${fn.cmdlet}` };
  const [only] = copiedKinds(fn);
  return { digest: String(digest), copy: only ? (only.told?.(values[0]) ?? values[0]) : null };
}

/** The kind of the only parameter, if the function returns it. */
export function copiedKinds({ kinds }: Pick<KindFunction, 'kinds'>): readonly Kind[] {
  return kinds.filter(({ copy }) => copy !== undefined && kinds.length === 1);
}

/** Compiles the library, makes the module over it, and returns the line that imports it. */
export async function addKindsModule(bench: ModuleBench): Promise<string> {
  const file = path.join(bench.directory, 'kinds.json');
  writeFileSync(file, JSON.stringify(definitionSource(), null, 1));
  const manifest = await bench.addModule(await loadDefinition(file));
  const library = compileLibrary(
    bench.directory,
    'kinds',
    KIND_PROLOGUE + COMPOSED_PROLOGUE + FUNCTIONS.map(codeOf).join('\n'),
  );
  return bench.importLine({ NodePath: bench.node, LibraryPath: library }, manifest);
}

function codeOf({ name, kinds }: KindFunction): string {
  const copy = copiedKinds({ kinds })[0]?.copy;
  const parameters = kinds.map(({ c, isCounted }, place) => `${c}p${place}${isCounted ? `, uint32_t p${place}n` : ''}`);
  const results = copy ? [`${copy.c}copy`] : [];
  return `EXPORT uint32_t STDCALL ${name}(${[...parameters, 'uint64_t *digest', ...results].join(', ')});
uint32_t STDCALL ${name}(${[...parameters, 'uint64_t *digest', ...results].join(', ')}) {
    uint64_t d = 14695981039346656037u;
    ${kinds.map((kind, place) => kind.mix(`p${place}`)).join('\n    ')}
    ${copy ? copy.statement.replaceAll(/\bp(n?)\b/g, 'p0$1') : ''}
    *digest = d;
    return d % ${OUTCOMES} == 0 ? 2 : d % ${OUTCOMES} == 1 ? 9999 : 0;
}`;
}

function definitionSource(): unknown {
  const error = { code: 2, symbol: 'ERROR_FILE_NOT_FOUND', id: 'NotThere', category: 'ObjectNotFound' };
  return editedSample({
    '/name': 'Kinds',
    '/variants': undefined,
    '/computed': undefined,
    '/types': NAMED_TYPES,
    '/errors': [{ ...error, message: 'It is not there.', recommendedAction: 'Ask for another one.' }],
    '/functions': {
      ...COMPOSED_FUNCTIONS,
      ...Object.fromEntries(FUNCTIONS.map((fn) => [fn.name, functionSource(fn)])),
    },
    '/objects': Object.fromEntries(FUNCTIONS.map((fn) => [`${fn.name}Result`, objectSource(fn)])),
    '/cmdlets': [
      ...FUNCTIONS.map((fn) => ({
        name: fn.cmdlet,
        function: fn.name,
        synopsis: 'Mixes values.',
        description: 'Mixes the bytes of the values.',
        output: { kind: 'object', object: `${fn.name}Result` },
        examples: [{ code: fn.cmdlet, description: 'Mixes.' }],
      })),
      {
        name: 'Open-Thing',
        function: 'OpenThing',
        synopsis: 'Opens one.',
        description: 'Opens a thing.',
        output: { kind: 'value', from: 'Thing' },
        examples: [{ code: 'Open-Thing 1', description: 'Opens one.' }],
      },
    ],
  });
}

function functionSource({ kinds }: KindFunction): unknown {
  const copy = copiedKinds({ kinds })[0]?.copy;
  return {
    description: 'Mixes values.',
    callingConvention: 'stdcall',
    parameters: [
      ...kinds.flatMap(parametersOf),
      { name: 'Digest', type: 'ULONG64', direction: 'out' },
      ...(copy ? [{ name: 'Copy', type: copy.type, direction: 'out', ...copy.place }] : []),
    ],
    returns: { type: 'ULONG', failure: 'win32' },
    changesState: false,
  };
}

/** Returns the type of a parameter in a position. */
export function typeAt({ type }: Kind, place: number): unknown {
  return typeof type === 'function' ? type(countAt(place)) : type;
}

const countAt = (place: number) => `${parameterAt(place)}Count`;

/** The parameter in a position, and that of its count. */
function parametersOf(kind: Kind, place: number): object[] {
  const type = typeAt(kind, place);
  return [
    { name: parameterAt(place), type, direction: 'in', ...kind.place, ...notASize(type) },
    ...(kind.isCounted ? [{ name: countAt(place), type: 'ULONG', direction: 'in' }] : []),
  ];
}

/** Marks that no parameter here is the size of another one's memory. */
function notASize(type: unknown): { isSize?: false } {
  const isInteger = typeof type === 'string' && /^(CHAR|BYTE|U?SHORT|U?LONG(64|_PTR)?|SIZE_T)$/.test(type);
  return isInteger ? { isSize: false } : {};
}

function objectSource({ name, kinds }: KindFunction): unknown {
  const isCopied = copiedKinds({ kinds }).length > 0;
  return {
    typeName: `Kinds.${name}`,
    description: 'A digest.',
    properties: [
      { name: 'Digest', from: 'Digest', description: 'The digest.' },
      ...(isCopied ? [{ name: 'Copy', from: 'Copy', description: 'The value again.' }] : []),
    ],
  };
}

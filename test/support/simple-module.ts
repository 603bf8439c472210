/** Modules over a few functions of any library that take numbers and texts and return one value. */
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadDefinition } from '../../src/definition/load.js';
import type { DefinitionSource, FailureRule, LibraryDefinition } from '../../src/definition/types.js';
import { editedSample } from './definitions.js';
import type { ModuleBench } from './powershell-module.js';

export interface SimpleFunction {
  /** Its name in the library. */
  readonly name: string;
  readonly cmdlet: string;
  /** The names and types of the parameters. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The type of its return value, which becomes the property Value. */
  readonly returns: string;
  /** True if its cmdlet asks for confirmation and returns nothing. */
  readonly changes?: boolean;
  /** How it reports failure; absent if it cannot fail. */
  readonly failure?: FailureRule;
  /** True if its cmdlet returns true or false, according to the failure rule. */
  readonly asks?: boolean;
}

export interface SimpleModule {
  readonly name: string;
  /** The words for `{Kind}` in the names. */
  readonly kinds?: readonly string[];
  readonly functions: readonly SimpleFunction[];
  /** The library as written in the definition. */
  readonly library?: LibraryDefinition;
}

/** Creates the module and returns the line that imports it. `library` replaces the module's own one. */
export async function addSimpleModule(bench: ModuleBench, module: SimpleModule, library?: string): Promise<string> {
  const file = path.join(bench.directory, `${module.name}.json`);
  writeFileSync(file, JSON.stringify(sourceOf(module), null, 1));
  const manifest = await bench.addModule(await loadDefinition(file));
  const options = library === undefined ? {} : { LibraryPath: library };
  return bench.importLine({ NodePath: bench.node, ...options }, manifest);
}

/** Returns the path of a library of this system, such as libc.so.6. Throws if there is none. */
export function systemLibrary(name: string): string {
  const folders = ['/lib/x86_64-linux-gnu', '/lib/aarch64-linux-gnu', '/lib64', '/usr/lib64', '/usr/lib', '/lib'];
  const found = folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
  if (found === undefined) throw new Error(`the tests need ${name}, which is in none of ${folders.join(', ')}`);
  return found;
}

/** Returns the source of the module's definition. */
export function sourceOf({ name, kinds, functions, library }: SimpleModule): DefinitionSource {
  return editedSample({
    ...(library && { '/library': library }),
    '/name': name,
    '/variants': kinds ? { Kind: kinds } : undefined,
    '/computed': undefined,
    '/types': undefined,
    '/errors': [],
    '/functions': Object.fromEntries(functions.map((fn) => [fn.name, functionOf(fn)])),
    '/objects': Object.fromEntries(functions.map((fn) => [objectName(fn), objectOf(fn, name, kinds !== undefined)])),
    '/cmdlets': functions.map(cmdletOf),
  });
}

function functionOf({ parameters, returns, changes, failure }: SimpleFunction): unknown {
  return {
    description: 'A function.',
    callingConvention: 'cdecl',
    parameters: Object.entries(parameters).map(([name, type]) => ({
      name,
      type,
      direction: 'in',
      ...(/STR$|^DOUBLE$|^FLOAT$|^BOOL|^HANDLE$/.test(type) ? {} : { isSize: false }),
    })),
    returns: { type: returns, failure: failure ?? 'none', resultName: 'Value' },
    changesState: changes ?? false,
  };
}

const objectName = ({ cmdlet }: SimpleFunction) => `${cmdlet.replaceAll(/[^A-Za-z]/g, '')}Result`;

function objectOf(fn: SimpleFunction, module: string, hasKind: boolean): unknown {
  const kind = hasKind && fn.name.includes('{Kind}') ? [{ name: 'Kind', from: 'Kind', description: 'Its kind.' }] : [];
  const inputs = Object.keys(fn.parameters).map((name) => ({ name, from: name, description: 'What was given.' }));
  return {
    typeName: `${module}.${objectName(fn)}`,
    description: 'A value.',
    properties: [...kind, ...inputs, { name: 'Value', from: 'Value', description: 'The value.' }],
  };
}

function cmdletOf(fn: SimpleFunction): unknown {
  return {
    name: fn.cmdlet,
    function: fn.name,
    synopsis: 'Calls it.',
    description: 'Calls the function.',
    output: outputOf(fn),
    ...(fn.changes ? { shouldProcess: { impact: 'High', action: 'Change', target: 'it', query: 'Change it?' } } : {}),
    examples: [{ code: fn.cmdlet, description: 'Calls it.' }],
  };
}

function outputOf(fn: SimpleFunction): unknown {
  if (fn.changes) return { kind: 'none' };
  return fn.asks ? { kind: 'boolean', falseOn: [] } : { kind: 'object', object: objectName(fn) };
}

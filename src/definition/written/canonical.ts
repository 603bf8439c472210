/**
 * Converts the written form of a definition to the canonical one. An author can write functions and types as C
 * declarations, list cmdlets by name, and omit everything that has a default. All other code reads the canonical form,
 * in which everything is explicit.
 */

import type { Shape } from '../../kinds/index.js';
import { resolveType } from '../checks/resolve-type.js';
import { isOfWindows, libraryFiles, libraryTitle } from '../library.js';
import { own } from '../own.js';
import {
  joinKnown,
  type KnownTypes,
  type Note,
  type ParsedPrototypes,
  PrototypeError,
  parsePrototypes,
} from '../prototype/index.js';
import { pointerTo } from '../source-text.js';
import type {
  DefinitionSource,
  FunctionDefinition,
  LibraryDefinition,
  ModuleDefinition,
  TypeExpression,
  ValueSpec,
} from '../types.js';
import { canonicalCmdlets, type WrittenCmdlet } from './cmdlets.js';
import { completeFunction, handleTypes } from './functions.js';
import { guidOf } from './guid.js';
import { isRecord } from './is-record.js';
import { Places } from './places.js';
import { releasesIn } from './releases.js';

export interface Canonical {
  readonly value: DefinitionSource;
  /** Mistakes in the short forms, at places of the written definition. */
  readonly mistakes: readonly { readonly pointer: string; readonly message: string }[];
  /** Assumptions about what the C declarations leave open, for the author to check. */
  readonly notes: readonly CanonicalNote[];
  /** The functions that do not say whether they change something. The verbs of their cmdlets decide it. */
  readonly undecided: readonly string[];
  /** Returns the written place of a canonical JSON pointer. */
  written(pointer: string): string;
}

/** A note at a place of the written definition. */
export interface CanonicalNote extends Pick<Note, 'message' | 'isQuestion'> {
  readonly pointer: string;
}

/** An unchecked definition: any part can be missing or of any type. */
type Written = { readonly [Part in keyof DefinitionSource]?: unknown };

/** Returns the canonical form. Accepts any value: malformed parts stay as they are, for the schema to report. */
export function canonicalDefinition(document: unknown): Canonical {
  const written: Written = isRecord(document) ? document : {};
  const places = new Places();
  const mistakes: { pointer: string; message: string }[] = [];
  const report = (pointer: string, message: string) => void mistakes.push({ pointer, message });
  const name = typeof written.name === 'string' ? written.name : '';
  const library = canonicalLibrary(written.library);
  const libraries = isRecord(written.libraries)
    ? Object.fromEntries(Object.entries(written.libraries).map(([key, one]) => [key, canonicalLibrary(one)]))
    : undefined;
  const libraryOf = ({ library: key }: { readonly library?: unknown }) =>
    typeof key === 'string' ? own(libraries ?? {}, key) : library;
  const titleOf = (fn: { readonly library?: unknown }) => titleOfLibrary(libraryOf(fn));
  const parsed = new Prototypes(places, report);
  parsed.readTypes(written.types);
  const declared = parsed.functions(written.functions, (fn) => isOnOtherSystems(libraryOf(fn)));
  const cmdlets = cmdletsOf(written.cmdlets, places).map((one) => withPrefix(one, written.module));
  const handles = handleTypes([Object.fromEntries(parsed.all), Object.fromEntries(declared)]);
  const functions = Object.fromEntries(
    [...declared].map(([key, fn]) => {
      const complete = completeFunction(fn, key, isRecord(fn) ? titleOf(fn) : '', cmdlets, handles);
      return [key, complete];
    }),
  );
  const types = Object.fromEntries(parsed.all);
  const ownObjects = isRecord(written.objects) ? written.objects : {};
  const completed = canonicalCmdlets(cmdlets, functions, {
    name,
    titleOf,
    isOfWindows: (fn) => {
      const found = libraryOf(fn);
      return isRecord(found) && isOfWindows({ library: found });
    },
    shapeOf: (type) => shapeOf(type, types),
    isRelease: (key) => handles.has(key),
    taken: Object.keys(ownObjects),
  });
  const objects = { ...completed.objects, ...ownObjects };
  const value: Written = {
    ...written,
    version: written.version ?? '0.1.0',
    module: canonicalModule(written.module, name, titleOfLibrary(library)),
    library,
    ...(libraries && { libraries }),
    ...((parsed.all.size > 0 || Array.isArray(written.types)) && { types }),
    functions,
    errors: written.errors ?? [],
    ...(Object.keys(objects).length > 0 && { objects }),
    cmdlets: completed.cmdlets,
  };
  return {
    value: value as DefinitionSource,
    mistakes,
    notes: parsed.notes,
    undecided: [...declared]
      .filter(([key, fn]) => isRecord(fn) && !('changesState' in fn) && !handles.has(key))
      .map(([key]) => key),
    written: (pointer) => places.written(pointer),
  };
}

/** The shape of a type in an unchecked document; undefined for one that the schema or a check reports. */
function shapeOf(type: TypeExpression, types: Readonly<Record<string, ValueSpec>>): Shape | undefined {
  try {
    return resolveType({ types }, { type });
  } catch {
    return undefined;
  }
}

/**
 * The reason for refusing memory of UTF-16 texts: the function's characters are larger elsewhere, so that it would read
 * or write past the memory.
 */
const WIDE_ELSEWHERE =
  'wchar_t has 32 bits where there is no Windows, and a definition has no word for such a text: leave the function out, or name the ' +
  'library on Windows only';

function isOnOtherSystems(library: LibraryDefinition | undefined): boolean {
  return isRecord(library) && Object.keys(libraryFiles({ library })).some((platform) => platform !== 'win32');
}

/** Reads the C declarations of a definition, in the order in which they can refer to each other. */
class Prototypes {
  /** All types, by name. A Map, because a document can have an own property `__proto__`. */
  readonly all = new Map<string, ValueSpec>();
  readonly notes: CanonicalNote[] = [];
  #known: KnownTypes = {};
  readonly #places: Places;
  readonly #report: (pointer: string, message: string) => void;

  constructor(places: Places, report: (pointer: string, message: string) => void) {
    this.#places = places;
    this.#report = report;
  }

  /** Types: an object of types by name, of which some are C declarations, or an array of C declarations. */
  readTypes(written: unknown): void {
    const entries = entriesOf(written, 'types');
    for (const { key, value } of entries)
      if (typeof value !== 'string' && key !== undefined) this.all.set(key, value as ValueSpec);
    this.#known = { types: Object.fromEntries(this.all) };
    for (const { value, pointer } of entries) if (typeof value === 'string') this.#parse(value, pointer);
  }

  /**
   * Functions: an object of functions by name, or an array. Each one is a C declaration, an object, or an object with a
   * C declaration. `isElsewhere`: true if systems other than Windows have the function's library.
   */
  functions(
    written: unknown,
    isElsewhere: (fn: { readonly library?: unknown }) => boolean,
  ): Map<string, Partial<FunctionDefinition>> {
    const functions = new Map<string, Partial<FunctionDefinition>>();
    this.#known = { ...this.#known, handles: releasesIn(prototypesOf(written)) };
    for (const { key, value, pointer } of entriesOf(written, 'functions')) {
      const { prototype, ...rest } = isRecord(value) ? value : { prototype: value };
      if (typeof prototype !== 'string') {
        if (key !== undefined) functions.set(key, value as Partial<FunctionDefinition>);
        else this.#report(pointer, 'a function in a list is a C declaration, or an object with its "prototype"');
        continue;
      }
      const at = isRecord(value) ? pointer + pointerTo('prototype') : pointer;
      if (/\bwchar_t\b/.test(prototype) && isElsewhere(rest)) this.#report(at, WIDE_ELSEWHERE);
      for (const { name: plain, definition } of this.#parse(prototype, at)?.functions ?? []) {
        const name = withBraces(plain, prototype);
        if (key !== undefined && key !== name) this.#report(at, `the prototype is of '${name}', and not of '${key}'`);
        if (functions.has(name)) this.#report(at, `the function '${name}' is declared twice`);
        functions.set(name, { ...(definition as FunctionDefinition), ...rest });
        this.#places.move(pointerTo('functions', name), pointer);
        for (const part of ['parameters', 'returns', 'callingConvention'])
          if (!Object.hasOwn(rest, part)) this.#places.gather(pointerTo('functions', name, part), at);
        if (typeof value === 'string') this.#places.gather(pointerTo('functions', name), at);
      }
    }
    return functions;
  }

  #parse(text: string, pointer: string): ParsedPrototypes | undefined {
    try {
      const parsed = parsePrototypes(withoutBraces(text), this.#known);
      this.#known = joinKnown(this.#known, parsed);
      for (const { at: _at, ...note } of parsed.notes) this.notes.push({ pointer, ...note });
      for (const [name, spec] of Object.entries(parsed.types)) {
        this.all.set(name, spec as ValueSpec);
        this.#places.gather(pointerTo('types', name), pointer);
      }
      return parsed;
    } catch (error) {
      if (!(error instanceof PrototypeError)) throw error;
      this.#report(pointer, error.message);
      return undefined;
    }
  }
}

/** The texts of all functions that are C declarations. */
function prototypesOf(written: unknown): string[] {
  return entriesOf(written, 'functions').flatMap(({ value }) => {
    const text = isRecord(value) ? value.prototype : value;
    return typeof text === 'string' ? [text] : [];
  });
}

/**
 * Returns the cmdlets as a list. In an object of cmdlets by name, a cmdlet can be replaced by the name of its function.
 */
function cmdletsOf(written: unknown, places: Places): WrittenCmdlet[] {
  return entriesOf(written, 'cmdlets').flatMap(({ key, value, pointer }, index): WrittenCmdlet[] => {
    places.move(pointerTo('cmdlets', index), pointer);
    if (typeof value === 'string') {
      places.gather(pointerTo('cmdlets', index), pointer);
      return [{ name: key ?? value, function: value }];
    }
    return [(isRecord(value) && key !== undefined ? { ...value, name: key } : value) as WrittenCmdlet];
  });
}

/** The cmdlet with the module's prefix before its noun, unless the noun has it already. */
function withPrefix(cmdlet: WrittenCmdlet, module: unknown): WrittenCmdlet {
  const prefix = isRecord(module) ? module.prefix : undefined;
  if (typeof prefix !== 'string' || !isRecord(cmdlet) || typeof cmdlet.name !== 'string') return cmdlet;
  const [, verb, noun] = /^([^-]+)-(.+)$/s.exec(cmdlet.name) ?? [];
  if (noun === undefined || noun.startsWith(prefix)) return cmdlet;
  return { ...cmdlet, name: `${verb}-${prefix}${noun}` };
}

/** A placeholder of a variant in the name of a function, such as `Create{Protocol}Port`. */
const PLACEHOLDER = /(?<=\w)\{(\w+)\}|\{(\w+)\}(?=\w)/g;

/** Replaces the braces of placeholders with underscores, which keeps all offsets. */
const withoutBraces = (text: string) => text.replace(PLACEHOLDER, (whole) => `_${whole.slice(1, -1)}_`);

/** Returns the name as in the text, with the braces of its placeholders. */
function withBraces(name: string, text: string): string {
  const names = [...text.matchAll(PLACEHOLDER)].map(([whole]) => whole);
  return names.reduce((made, whole) => made.replaceAll(`_${whole.slice(1, -1)}_`, whole), name);
}

function entriesOf(written: unknown, part: string): { key?: string; value: unknown; pointer: string }[] {
  if (typeof written === 'string') return [{ value: written, pointer: pointerTo(part) }];
  if (Array.isArray(written)) return written.map((value, index) => ({ value, pointer: pointerTo(part, index) }));
  if (!isRecord(written)) return [];
  return Object.entries(written).map(([key, value]) => ({ key, value, pointer: pointerTo(part, key) }));
}

/** Expands a library that is written as a file name, or as the files on each system. */
function canonicalLibrary(written: unknown): LibraryDefinition {
  if (typeof written === 'string') return { fileName: written, location: 'system' };
  if (!isRecord(written)) return written as LibraryDefinition;
  const { win32, linux, darwin, ...rest } = written;
  const files = Object.fromEntries(Object.entries({ win32, linux, darwin }).filter(([, file]) => file !== undefined));
  return {
    ...(Object.keys(files).length > 0 && { files }),
    location: 'system',
    ...rest,
  } as LibraryDefinition;
}

/** The library's title for texts; empty if its form is wrong, which the schema reports. */
function titleOfLibrary(library: LibraryDefinition | undefined): string {
  return isRecord(library) ? libraryTitle({ library }) : '';
}

function canonicalModule(written: unknown, name: string, library: string): ModuleDefinition {
  const given = (isRecord(written) ? written : {}) as Partial<ModuleDefinition>;
  const author = typeof given.author === 'string' ? given.author : 'Unknown';
  return {
    guid: guidOf(name),
    author,
    companyName: 'Unknown',
    copyright: `(c) ${author}. All rights reserved.`,
    description: `Functions of ${library} as PowerShell cmdlets.`,
    tags: [],
    ...given,
  };
}

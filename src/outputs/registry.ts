/** The output kinds of the core and of the extensions. */
import type { CmdletOutput } from '../definition/types.js';
import { EXTENSIONS } from '../extensions/registry.js';
import { booleanOutput } from './boolean.js';
import { fileOutput } from './file.js';
import { listOutput } from './list.js';
import { noOutput } from './none.js';
import { objectOutput } from './object.js';
import type { OutputKind } from './output-kind.js';
import { recordOutput } from './record.js';
import { valueOutput } from './value.js';

interface Registered {
  readonly kind: OutputKind;
  /** The extension that a definition must name to use it; undefined for a core kind. */
  readonly extension: string | undefined;
}

const KINDS = new Map<string, Registered>();

/** Adds an output kind. Throws Error if the name is taken. */
export function registerOutput(kind: OutputKind, extension?: string): void {
  if (KINDS.has(kind.kind)) throw new Error(`there is an output kind '${kind.kind}' already`);
  KINDS.set(kind.kind, { kind, extension });
}

registerOutput(objectOutput);
registerOutput(valueOutput);
registerOutput(booleanOutput);
registerOutput(noOutput);
registerOutput(listOutput);
registerOutput(fileOutput);
registerOutput(recordOutput);
for (const { program, outputs } of EXTENSIONS) for (const kind of outputs) registerOutput(kind, program.name);

/** Returns all output kinds, in the order of their registration. */
export function outputKinds(): OutputKind[] {
  return [...KINDS.values()].map(({ kind }) => kind);
}

/** Returns the kind of an output. Throws Error for an unknown one, which a checked definition cannot have. */
export function outputKind({ kind }: CmdletOutput): OutputKind {
  const found = KINDS.get(kind);
  if (found === undefined) throw new Error(`there is no output kind '${kind}'`);
  return found.kind;
}

/** Returns the kind of an unchecked output, or the reason why a definition cannot have it. */
export function findOutputKind(name: string, extension: string | undefined): OutputKind | string {
  const found = KINDS.get(name);
  if (found === undefined) return `there is no output kind '${name}'; there are ${namesFor(extension).join(', ')}`;
  if (found.extension === undefined || found.extension === extension) return found.kind;
  return `'${name}' belongs to the extension '${found.extension}'; add "extension": "${found.extension}" to the definition`;
}

/** The output kinds for cmdlets over functions, or over operations, that a definition with this extension can use. */
export function kindsOver(over: 'function' | 'operation', extension: string | undefined): string[] {
  return namesFor(extension).filter((name) => isOver(KINDS.get(name)?.kind, over));
}

/** True if a cmdlet over a function, or over an operation, can have the output. */
export function isOver(kind: OutputKind | undefined, over: 'function' | 'operation'): boolean {
  return kind?.over === over || kind?.over === 'both';
}

function namesFor(extension: string | undefined): string[] {
  return [...KINDS]
    .filter(([, one]) => one.extension === undefined || one.extension === extension)
    .map(([name]) => name);
}

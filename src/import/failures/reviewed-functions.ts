/** Looks functions of Windows up among those whose failure rules were reviewed. */
import type { ReviewedFunctions } from './reviewed.js';
import { DEVICES } from './tables/devices.js';
import { FILES } from './tables/files.js';
import { NETWORK } from './tables/network.js';
import { PROCESSES } from './tables/processes.js';
import { SECURITY } from './tables/security.js';
import { SYSTEM } from './tables/system.js';

/** All lines of the tables. */
export const REVIEWED: readonly ReviewedFunctions[] = [
  ...DEVICES,
  ...FILES,
  ...NETWORK,
  ...PROCESSES,
  ...SECURITY,
  ...SYSTEM,
];

/** A function of the tables: its line, and the address of its page. */
export interface ReviewedFunction extends Omit<ReviewedFunctions, 'pages' | 'functions'> {
  readonly page: string;
}

/** Returns the function with this name; undefined if nobody reviewed it. */
export function reviewedFunction(name: string): ReviewedFunction | undefined {
  const all = byName();
  const listed = all.has(name) ? name : name.replace(/A$/, 'W');
  const found = all.get(listed);
  if (!found) return undefined;
  const { pages, functions: _functions, ...rest } = found;
  return { ...rest, page: pageOf(pages, listed) };
}

/** The names of a line. */
export const namesOf = ({ functions }: ReviewedFunctions): string[] => functions.trim().split(/\s+/);

let names: ReadonlyMap<string, ReviewedFunctions> | undefined;

/** Made when it is first needed: only the importer asks. */
function byName(): ReadonlyMap<string, ReviewedFunctions> {
  names ??= new Map(REVIEWED.flatMap((line) => namesOf(line).map((name) => [name, line] as const)));
  return names;
}

/**
 * Pages are named after header and function. Those of drivers have the name in Zw of a function in Nt, and in folders
 * without headers one page is for the functions in A and W.
 */
function pageOf(pages: string, name: string): string {
  const plain = name.replace(/^K32/, '').toLowerCase();
  const site = 'https://learn.microsoft.com';
  const [, header] = /^windows-hardware\/drivers\/ddi\/(\w+)$/.exec(pages) ?? [];
  if (header !== undefined) return `${site}/${pages}/nf-${header}-${plain.replace(/^nt/, 'zw')}`;
  if (pages.includes('/')) return `${site}/${pages}/${plain.replace(/w$/, '')}`;
  return `${site}/windows/win32/api/${pages}/nf-${pages}-${plain}`;
}

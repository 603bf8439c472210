/** Finds the reviewed failure rules of Windows functions. */
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

/** A function of the tables: the members of its line, and the address of its page. */
export interface ReviewedFunction extends Omit<ReviewedFunctions, 'pages' | 'functions'> {
  readonly page: string;
}

/** Returns the function with this name; undefined if it was not reviewed. */
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

/** Built on first use, because only the importer needs it. */
function byName(): ReadonlyMap<string, ReviewedFunctions> {
  names ??= new Map(REVIEWED.flatMap((line) => namesOf(line).map((name) => [name, line] as const)));
  return names;
}

/**
 * Pages are named after header and function. Pages of drivers use the Zw name of an Nt function. In folders that are
 * not named after headers, the A and W forms share one page.
 */
function pageOf(pages: string, name: string): string {
  const plain = name.replace(/^K32/, '').toLowerCase();
  const site = 'https://learn.microsoft.com';
  const [, header] = /^windows-hardware\/drivers\/ddi\/(\w+)$/.exec(pages) ?? [];
  if (header !== undefined) return `${site}/${pages}/nf-${header}-${plain.replace(/^nt/, 'zw')}`;
  if (pages.includes('/')) return `${site}/${pages}/${plain.replace(/w$/, '')}`;
  return `${site}/windows/win32/api/${pages}/nf-${pages}-${plain}`;
}

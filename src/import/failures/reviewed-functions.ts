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

/** Pages of headers are named after function and header; in other folders one page is for the functions in A and W. */
function pageOf(pages: string, name: string): string {
  const plain = name.replace(/^K32/, '').toLowerCase();
  return pages.includes('/')
    ? `https://learn.microsoft.com/${pages}/${plain.replace(/w$/, '')}`
    : `https://learn.microsoft.com/windows/win32/api/${pages}/nf-${pages}-${plain}`;
}

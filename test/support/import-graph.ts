/** Determines which source file imports which, from the text of the files. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Import {
  /**
   * The importing file, and the imported one: a file by its path from the root of the sources, with forward slashes, or
   * a package.
   */
  readonly from: string;
  readonly to: string;
  /** False for `import()`, which runs when it is reached. */
  readonly isStatic: boolean;
}

const STATIC = /^(?:(?:import|export)\b[^;'"()=]*?\bfrom|import)\s*['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Returns every import of the TypeScript files in a folder, including imports of types only. */
export function importsUnder(root: string): Import[] {
  return sourcesUnder(root).flatMap((from) => {
    const text = readFileSync(path.join(root, from), 'utf8');
    const found = (pattern: RegExp, isStatic: boolean) =>
      [...text.matchAll(pattern)].map(([, name]) => ({ from, to: targetOf(from, name as string), isStatic }));
    return [...found(STATIC, true), ...found(DYNAMIC, false)];
  });
}

/** Returns the TypeScript files in a folder by their paths relative to it. */
export function sourcesUnder(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts'))
    .sort();
}

function targetOf(from: string, name: string): string {
  return name.startsWith('.') ? path.posix.join(path.posix.dirname(from), name).replace(/\.js$/, '.ts') : name;
}

/** Returns groups of files in which each file imports every other one, directly or indirectly. */
export function circlesIn(imports: readonly { readonly from: string; readonly to: string }[]): string[][] {
  const next = new Map<string, string[]>();
  for (const { from, to } of imports) next.set(from, [...(next.get(from) ?? []), to]);
  const reach = new Map([...next.keys()].map((file) => [file, reachableFrom(file, next)]));
  const groups = [...next.keys()]
    .filter((file) => reach.get(file)?.has(file))
    .map((file) => [...(reach.get(file) ?? [])].filter((other) => reach.get(other)?.has(file)).sort());
  return [...new Map(groups.map((group) => [group.join(), group])).values()];
}

function reachableFrom(start: string, next: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set<string>();
  const waiting = [...(next.get(start) ?? [])];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    waiting.push(...(next.get(file) ?? []));
  }
  return found;
}

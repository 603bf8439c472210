/** Returns at most five names that were probably meant: other case, other ending, or a small typing mistake. */
export function nearNames(wanted: string, names: readonly string[]): string[] {
  const key = wanted.toLowerCase();
  const ranked = [...new Set(names)].map((name) => {
    const other = name.toLowerCase();
    const related = key.length > 3 && (other.startsWith(key) || key.startsWith(other));
    return { name, distance: related ? Math.abs(other.length - key.length) / 8 : editDistance(key, other) };
  });
  const limit = Math.max(2, Math.floor(key.length / 5));
  return ranked
    .filter(({ distance }) => distance <= limit)
    .sort((one, other) => one.distance - other.distance)
    .slice(0, 5)
    .map(({ name }) => name);
}

/** Returns the name that was probably meant; if no name is similar, all of them. */
export function suggestion(written: string, names: readonly string[]): string {
  return didYouMean(written, names) ?? `there is ${names.map((one) => `'${one}'`).join(', ') || 'none'}`;
}

/** Returns the end of a message about a wrong word that has too many alternatives to list; empty if none is similar. */
export function meant(written: string, names: readonly string[]): string {
  const question = didYouMean(written, names);
  return question === undefined ? '' : `; ${question}`;
}

/** A word of one or two characters is similar to everything. */
function didYouMean(written: string, names: readonly string[]): string | undefined {
  const [nearest] = written.length < 3 ? [] : nearNames(written, names);
  return nearest === undefined ? undefined : `did you mean '${nearest}'?`;
}

function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 1; at <= one.length; at += 1) {
    const next = [at];
    for (let to = 1; to <= other.length; to += 1) {
      const change = (row[to - 1] ?? 0) + (one[at - 1] === other[to - 1] ? 0 : 1);
      next.push(Math.min(change, (row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

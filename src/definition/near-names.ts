/** The names that a person may have meant: other cases, other endings, and small slips. At most five. */
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

/** Names the word that was probably meant; if none is near, all of them. */
export function suggestion(written: string, names: readonly string[]): string {
  return didYouMean(written, names) ?? `there is ${names.map((one) => `'${one}'`).join(', ') || 'none'}`;
}

/** The end of a message about a wrong word, of which there are too many right ones to list; empty if none is near. */
export function meant(written: string, names: readonly string[]): string {
  const question = didYouMean(written, names);
  return question === undefined ? '' : `; ${question}`;
}

/** Anything is near a word of one or two characters. */
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

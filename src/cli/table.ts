/** Formats rows as a plain-text table. */

/** Columns are the keys of the first row; numbers are right-aligned. An empty list gives no lines. */
export function tableLines(rows: readonly Readonly<Record<string, string | number | boolean | null>>[]): string[] {
  const names = Object.keys(rows[0] ?? {});
  const cells = rows.map((row) => names.map((name) => (row[name] === null ? '' : String(row[name]))));
  const widths = names.map((name, column) => Math.max(name.length, ...cells.map((line) => line[column]?.length ?? 0)));
  const isNumber = names.map((name) => rows.every((row) => row[name] === null || typeof row[name] === 'number'));
  const line = (texts: readonly string[]) =>
    texts
      .map((text, column) => (isNumber[column] ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return names.length === 0 ? [] : [line(names), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)];
}

// The printed tables.
import { MEASUREMENTS } from './targets.mjs';

export function printMeasurements(rows) {
  const cells = rows.map((row, index) => [
    row.measurement === rows[index - 1]?.measurement ? '' : MEASUREMENTS[row.measurement].title,
    row.contender,
    `${short(row.median)} ${row.unit}`,
    `${short(row.low)} - ${short(row.high)}`,
    String(row.count),
    row.contender === 'dllet' ? '' : short(row.oursOverIt.value),
  ]);
  print(['measurement', 'contender', 'median', 'middle half', 'n', 'dllet / it'], cells, 2);
}

export function printTargets(targets) {
  const cells = targets.map(({ title, most, value, low, high, isMet }) => [
    title,
    short(value),
    `${short(low)} - ${short(high)}`,
    most < 0.01 ? `<= 1/${Math.round(1 / most)}` : `<= ${most}`,
    isMet ? 'met' : 'MISSED',
  ]);
  print(['target', 'ratio', 'middle half', 'limit', ''], cells, 1);
}

/** Columns from `firstNumber` on are flush right. */
function print(head, rows, firstNumber) {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column].length)));
  const line = (cells) =>
    cells
      .map((cell, column) => (column < firstNumber ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
      .join('  ')
      .trimEnd();
  console.log(`\n${line(head)}\n${widths.map((width) => '-'.repeat(width)).join('  ')}`);
  for (const row of rows) console.log(line(row));
}

/** Three digits that count. */
function short(value) {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value >= 0.01 ? value.toPrecision(3) : `1/${Math.round(1 / value)}`;
}

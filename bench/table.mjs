// The printed tables.
import { PROCESS_CALLS, SIZES } from './cold.mjs';
import { MEASUREMENTS } from './measurements.mjs';
import { median } from './statistics.mjs';

export function printMeasurements(rows) {
  const cells = rows.map((row, index) => [
    row.measurement === rows[index - 1]?.measurement ? '' : MEASUREMENTS[row.measurement].title,
    row.contender,
    `${short(row.median)} ${row.unit}`,
    `${short(row.low)} - ${short(row.high)}`,
    String(row.count),
    row.oursOverIt === undefined ? '' : short(row.oursOverIt),
  ]);
  print(['measurement', 'contender', 'median', 'middle half', 'n', 'dllet / it'], cells, 2);
}

/**
 * Summarizes the cold scripts, with one line for each contender. The values of a process per call for many blocks are
 * extrapolated from those for few.
 */
export function printColdScripts(samples) {
  const over = (size, contender) => samples.of(`over-engine-${size}`, contender);
  const cells = samples.contenders(`over-engine-${SIZES[0]}`).map(([contender]) => [
    contender,
    ...SIZES.map((size) => {
      const measured = over(size, contender);
      if (measured) return short(median(measured));
      const first = median(over(SIZES[0], contender));
      const perCall = (median(over(PROCESS_CALLS, contender)) - first) / (PROCESS_CALLS - SIZES[0]);
      return `(${short(first + perCall * (size - SIZES[0]))})`;
    }),
  ]);
  if (cells.length === 0) return;
  print(['cold script, ms over the engine alone', ...SIZES.map((size) => size.toLocaleString('en'))], cells, 1);
  console.log(`In brackets: not measured, told from ${PROCESS_CALLS} calls.`);
}

export function printTargets(targets) {
  const cells = targets.map(({ title, rival, unit, most, ours, theirs, ratio, low, high, isMet }) => [
    title,
    `${short(ours)} ${unit}`.trim(),
    `${short(theirs)} ${unit}`.trim(),
    rival,
    short(ratio),
    `${short(low)} - ${short(high)}`,
    `<= ${most}`,
    isMet ? 'met' : 'MISSED',
  ]);
  print(['target', 'dllet', 'rival', '', 'ratio', 'middle half', 'limit', ''], cells, 1);
}

/** Columns from `firstNumber` on are right-aligned. */
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

/** Formats a number with three significant digits. */
function short(value) {
  if (value >= 100 || value <= -100) return Math.round(value).toLocaleString('en');
  return Math.abs(value) >= 0.01 ? value.toPrecision(3) : value.toFixed(4);
}

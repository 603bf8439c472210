/**
 * Measures how much longer work takes for a large input than for a small one, independently of the speed and load of
 * the machine.
 */

/** Returns the ratio of the fastest of five runs each. Linear work of ten times the size gives about 10. */
export function growth(work: (size: number) => void, small: number, large: number): number {
  let [quickestSmall, quickestLarge] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  // The runs alternate, so that a busy moment affects both.
  for (let round = 0; round < 5; round += 1) {
    quickestSmall = Math.min(
      quickestSmall,
      timeOf(() => work(small)),
    );
    quickestLarge = Math.min(
      quickestLarge,
      timeOf(() => work(large)),
    );
  }
  return quickestLarge / quickestSmall;
}

/** Processor time in microseconds, which does not include other programs. */
function timeOf(work: () => void): number {
  const begun = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begun);
  return Math.max(1, user + system);
}

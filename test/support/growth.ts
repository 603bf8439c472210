/** How much longer work takes for a large input than for a small one: what does not depend on how fast or busy the machine is. */

/** The ratio of the quickest of five runs each. Linear work of ten times the size gives about 10. */
export function growth(work: (size: number) => void, small: number, large: number): number {
  let [quickestSmall, quickestLarge] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  // By turns, so that another program's work falls on both.
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

function timeOf(work: () => void): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

// The samples of one run, by measurement and contender, in the order of the rounds.

const OURS = 'dllet';

/** Ours is the first of the `contenders`. */
export function createSamples() {
  const all = new Map();
  return {
    add(measurement, contender, value) {
      if (!all.has(measurement)) all.set(measurement, new Map());
      const contenders = all.get(measurement);
      if (!contenders.has(contender)) contenders.set(contender, []);
      contenders.get(contender).push(value);
    },
    contenders: (measurement) => [...(all.get(measurement) ?? [])].sort(([a], [b]) => (b === OURS) - (a === OURS)),
    of: (measurement, contender) => all.get(measurement)?.get(contender),
  };
}

/** Runs every contender once per round; each round starts with another one. */
export async function interleave(rounds, contenders, run) {
  for (let round = 0; round < rounds; round += 1) {
    for (let place = 0; place < contenders.length; place += 1) {
      await run(contenders[(place + round) % contenders.length], round);
    }
  }
}

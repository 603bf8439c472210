// Medians and spread. Quantiles are interpolated linearly between the sorted samples.

export function median(values) {
  return quantile(values, 0.5);
}

export function quantile(values, fraction) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * fraction;
  const low = Math.floor(at);
  const high = Math.ceil(at);
  return sorted[low] + (sorted[high] - sorted[low]) * (at - low);
}

/** Returns the median, and the middle half as the spread. */
export function summarize(values) {
  return {
    median: median(values),
    low: quantile(values, 0.25),
    high: quantile(values, 0.75),
    minimum: Math.min(...values),
    maximum: Math.max(...values),
    count: values.length,
  };
}

/**
 * Returns the ratio of the medians. Its spread is that of the ratios within each round, because the samples of a round
 * share the load of the machine.
 */
export function ratio(ours, theirs) {
  const rounds = Math.min(ours.length, theirs.length);
  const paired = Array.from({ length: rounds }, (_, round) => ours[round] / theirs[round]);
  return { value: median(ours) / median(theirs), low: quantile(paired, 0.25), high: quantile(paired, 0.75) };
}

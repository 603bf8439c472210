/** The open points of the reference about port reservations, in the order of the report. */
import { messageOf } from '../../../../definition/errors.js';
import type { Measurement, MeasuringBench } from '../bench.js';
import type { Measured } from '../results.js';
import { highestPort, lookupAsOrdinaryUser, nullToken, tokenAfterFailure } from './calls.js';
import { blockOfNetsh, shownByNetsh } from './netsh.js';
import { bindWithoutToken, bindWithToken, exhaustedBlock, staleToken } from './sockets.js';

export const MEASUREMENTS: readonly Measurement[] = [
  lookupAsOrdinaryUser,
  shownByNetsh,
  blockOfNetsh,
  bindWithoutToken,
  bindWithToken,
  staleToken,
  exhaustedBlock,
  tokenAfterFailure,
  nullToken,
  highestPort,
];

/** Answers one question. If it cannot be answered, or fails, the answer is the reason. */
export async function measure(measurement: Measurement, bench: MeasuringBench): Promise<Measured[]> {
  const { question } = measurement;
  const lack = measurement.lacks(bench);
  if (lack !== undefined) return [{ question, found: `not measured: ${lack}`, isMeasured: false }];
  try {
    return await measurement.run(bench);
  } catch (error) {
    return [{ question, found: `not measured: ${messageOf(error)}`, isMeasured: false }];
  }
}

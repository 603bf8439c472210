/** A machine for tests that change nothing. */
import type { Machine } from '../../../../src/extensions/port-reservation/ports/machine.js';

const refuse = () => Promise.reject(new Error('nothing is changed here'));

export const noMachine: Machine = {
  writer: { addExclusion: refuse, deleteExclusion: refuse, setDynamicRange: refuse },
  services: { state: refuse, stop: refuse, start: refuse, pause: refuse },
  isElevated: () => false,
};

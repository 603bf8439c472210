/** Changes of this machine: netsh and the service programs of Windows. */
import { isElevated } from '../../../system/elevation.js';
import type { Machine } from '../ports/machine.js';
import { createNetshWriter } from './netsh-write.js';
import { createServiceControl } from './service-control.js';

export function windowsMachine(): Machine {
  return { writer: createNetshWriter(), services: createServiceControl(), isElevated: () => isElevated() };
}

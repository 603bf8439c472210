/** Whether calls of a module can be simulated. */
import type { Definition } from '../definition/types.js';

/** True if calls can be simulated. */
export function isSimulated(definition: Definition): boolean {
  return hasModel(definition) || definition.simulation !== undefined;
}

/** True if a simulated function follows a model, which has a state. */
export function hasModel({ functions }: Definition): boolean {
  return Object.values(functions).some(({ simulation: model }) => model !== undefined);
}

/** Types shared by the code that creates the parts of a package. */
import type { ModuleDefinition } from '../definition/types.js';

/** The identity of a module, as in its manifest. */
export interface ModuleIdentity extends Omit<ModuleDefinition, 'guid' | 'prefix' | 'onlineHelp'> {
  readonly name: string;
  readonly version: string;
}

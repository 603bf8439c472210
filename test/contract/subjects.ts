/** The backends that the contract is checked against here; `npm run verify:windows` checks it against the real DLL. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Backend } from '../../src/definition/execution.js';
import type { Definition } from '../../src/definition/types.js';
import { createSimulatedBackend } from '../../src/extensions/port-reservation/simulation/backend.js';
import type { ContractCapabilities } from '../../src/extensions/port-reservation/verification/contract/types.js';
import { createNativeBackend } from '../../src/native/backend.js';
import { copyStandIn } from '../standin/build.js';

export interface ContractSubject {
  readonly name: string;
  readonly capabilities: ContractCapabilities;
  /** A backend with its own state in `directory`, which must exist, or with the machine's only state. */
  create(directory: string, options?: { readonly unelevated?: boolean }): Backend;
  /** Another backend on the state of the one that was made in `directory`. */
  share?(directory: string): Backend;
}

/** Every backend that can run here. */
export function contractSubjects(definition: Definition): readonly ContractSubject[] {
  return [simulated(), standInInMemory(definition), standInWithStateFile(definition)];
}

const EVERYTHING = { elevated: true, unelevated: true, shared: true, region: 5000, lastPortIsFree: true };

function simulated(): ContractSubject {
  const stateFile = (directory: string): string => path.join(directory, 'state.json');
  return {
    name: 'simulated',
    capabilities: EVERYTHING,
    create: (directory, options) => createSimulatedBackend({ stateFile: stateFile(directory), ...options }),
    share: (directory) => createSimulatedBackend({ stateFile: stateFile(directory) }),
  };
}

function standInInMemory(definition: Definition): ContractSubject {
  return {
    name: 'native, C stand-in with memory',
    capabilities: { ...EVERYTHING, shared: false },
    create: (directory, options) => createNativeBackend({ definition, libraryPath: copyStandIn(directory, options) }),
  };
}

/** Two copies of the library with one state file between them would be two states: sharing is by the same copy. */
function standInWithStateFile(definition: Definition): ContractSubject {
  const libraries = new Map<string, string>();
  return {
    name: 'native, C stand-in with a state file',
    capabilities: EVERYTHING,
    create: (directory, options) => {
      mkdirSync(directory, { recursive: true });
      const libraryPath = copyStandIn(directory, { ...options, state: '' });
      libraries.set(directory, libraryPath);
      return createNativeBackend({ definition, libraryPath });
    },
    share: (directory) => createNativeBackend({ definition, libraryPath: libraries.get(directory) }),
  };
}

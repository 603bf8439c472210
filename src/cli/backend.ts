/** Selects the backend of a command from its options. A backend loads only when it is selected. */
import path from 'node:path';
import type { Backend } from '../definition/execution.js';
import type { Definition } from '../definition/types.js';
import type { ProgramExtension } from '../extensions/extension.js';
import { PROGRAM_EXTENSIONS } from '../extensions/in-program.js';
import type { OptionTable } from './options.js';
import { useOutput } from './output.js';
import { UsageError } from './usage.js';

/** The options of every command that calls functions. */
export const BACKEND_OPTIONS = {
  backend: {
    type: 'string',
    value: 'native|simulated',
    choices: ['native', 'simulated'],
    describe: 'What executes the function (default: native)',
  },
  library: {
    type: 'string',
    takes: 'file',
    value: '<absolute path>',
    describe: 'Absolute path of another library (native)',
  },
  state: {
    type: 'string',
    takes: 'file',
    value: '<absolute path>',
    describe: 'Absolute path of the state file (simulated)',
  },
  unelevated: { type: 'boolean', describe: 'Simulate a caller who is not an administrator (simulated)' },
} as const satisfies OptionTable;

export interface BackendOptions {
  readonly backend?: string | undefined;
  readonly library?: string | undefined;
  readonly state?: string | undefined;
  readonly unelevated?: boolean | undefined;
  /** The directory of the module or of the definition, for a library that comes with it. Users do not give it. */
  readonly directory?: string | undefined;
}

/**
 * Throws UsageError for conflicting options. Call it before the first output, because it separates the program's stdout
 * from that of native code.
 */
export async function chooseBackend(definition: Definition, options: BackendOptions): Promise<Backend> {
  const { backend = 'native', library, state, unelevated, directory } = options;
  if (backend === 'simulated') {
    if (library !== undefined) throw new UsageError('--library cannot be used with --backend simulated');
    const simulated = { stateFile: await stateFile(state), unelevated: unelevated ?? false };
    const simulate = programExtension(definition)?.simulate ?? (await import('../simulation/backend.js')).emptyBackend;
    const backend = await simulate(simulated);
    if (!definition.simulation) return backend;
    return (await import('../simulation/replies.js')).backendWithReplies(definition, backend);
  }
  if (backend !== 'native') throw new UsageError(`there is no backend '${backend}'; use native or simulated`);
  if (state !== undefined || unelevated !== undefined) {
    throw new UsageError(`--${state === undefined ? 'unelevated' : 'state'} needs --backend simulated`);
  }
  if (library !== undefined && !path.isAbsolute(library)) {
    throw new UsageError(`--library must be an absolute path, not '${library}'`);
  }
  const { createNativeBackend } = await import('../native/backend.js');
  const native = createNativeBackend({ definition, libraryPath: library, directory });
  useOutput(native.ownStdout());
  return native;
}

/** The program part of the definition's extension; undefined if it names none, or one that this program lacks. */
export function programExtension({ extension }: Definition): ProgramExtension | undefined {
  return PROGRAM_EXTENSIONS.find(({ name }) => name === extension);
}

/** The state file of the simulation: the given one, or the user's default. */
export async function stateFile(given: string | undefined): Promise<string> {
  if (given !== undefined) {
    if (!path.isAbsolute(given)) throw new UsageError(`--state must be an absolute path, not '${given}'`);
    return given;
  }
  const { defaultStateFile } = await import('../simulation/state-directory.js');
  const { homedir } = await import('node:os');
  return defaultStateFile(process.env, process.platform, homedir());
}

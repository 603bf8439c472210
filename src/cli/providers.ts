/** The providers of operations over the selected backend. Their dependencies load on first use. */
import type { OperationSource } from '../bridge/operations.js';
import type { Backend } from '../definition/execution.js';
import type { Definition } from '../definition/types.js';
import { DIAGNOSIS, diagnosisProvider } from '../diagnosis/provider.js';
import { type BackendOptions, programExtension, stateFile } from './backend.js';

export function createProviders(
  definition: Definition,
  backend: Backend,
  options: BackendOptions,
): Readonly<Record<string, OperationSource>> {
  const host = { definition, backend, stateFile: () => stateFile(options.state) };
  const ofExtension = Object.entries(programExtension(definition)?.providers ?? {});
  return {
    ...Object.fromEntries(ofExtension.map(([name, provider]) => [name, provider.open(host)])),
    [DIAGNOSIS]: diagnosisProvider({
      definition,
      backend: backend.name,
      libraryPath: options.library,
      directory: options.directory,
    }),
  };
}

/**
 * `dsc <operation>` and `dsc manifest`: the DSC resources of a definition. Shared by `dllet` and a module's program.
 * Loads little, because DSC starts the program for every operation.
 */
import type { Definition } from '../definition/types.js';
import { OPERATIONS, type OperationName } from '../dsc/operations.js';
import { AUDIT_OPTIONS } from './audit.js';
import { BACKEND_OPTIONS } from './backend.js';
import type { DscProgram } from './dsc-manifest.js';
import { dscOperation, reported } from './dsc-operation.js';
import { type OptionTable, parseOptions } from './options.js';
import { UsageError } from './usage.js';

/** The options of an operation. */
export const OPERATION_OPTIONS = {
  ...BACKEND_OPTIONS,
  ...AUDIT_OPTIONS,
  input: { type: 'string', value: '<json>', describe: 'The instance as JSON, instead of stdin' },
  'what-if': { type: 'boolean', describe: 'set, delete: show what would change, and change nothing' },
} as const satisfies OptionTable;

/** The options of `dsc manifest`. */
export const MANIFEST_OPTIONS = {
  ...BACKEND_OPTIONS,
  out: { type: 'string', takes: 'folder', value: '<dir>', describe: 'manifest: directory to write to' },
  check: { type: 'boolean', describe: 'manifest: write nothing, and exit with 1 if a file differs' },
  module: {
    type: 'string',
    takes: 'folder',
    value: '<dir>',
    describe: 'manifest: directory of the module whose program DSC starts',
  },
  node: {
    type: 'string',
    takes: 'file',
    value: '<absolute path>',
    describe: 'manifest: absolute path of node (default: node from PATH)',
  },
} as const satisfies OptionTable;

/** What differs between `dllet dsc` and the program of a module. */
export interface DscHost {
  readonly usage: string;
  /**
   * Returns the definition, its directory or that of its module, and the remaining positional arguments. Throws
   * UsageError.
   */
  definition(
    positionals: readonly string[],
  ): Promise<{ definition: Definition; directory: string; rest: readonly string[] }>;
  version(): string;
  /** Returns the program for the manifests. `module` is the folder of the module whose program is used. */
  program(positionals: readonly string[], module: string | undefined): DscProgram;
}

/** Runs `dsc` with the arguments after it. Returns the exit status. */
export async function runDsc(args: readonly string[], host: DscHost): Promise<number> {
  const [command = '', ...rest] = args;
  if (command === 'manifest') return runManifest(rest, host);
  const operation = OPERATIONS.find((one) => one === command);
  let status = 0;
  const failed = await reported(async () => {
    if (!operation) throw new UsageError(`there is no operation '${command}'; usage: ${host.usage}`);
    status = await runOperation(operation, rest, host);
  });
  return failed || status;
}

async function runOperation(operation: OperationName, args: readonly string[], host: DscHost): Promise<number> {
  const { values, positionals } = parseOptions(args, OPERATION_OPTIONS);
  const { definition, directory, rest } = await host.definition(positionals);
  if (rest.length > 1) throw new UsageError(`'${rest[1]}' is an unexpected argument; usage: ${host.usage}`);
  return dscOperation(definition, operation, rest[0], { ...values, directory });
}

async function runManifest(args: readonly string[], host: DscHost): Promise<number> {
  const { values, positionals } = parseOptions(args, MANIFEST_OPTIONS);
  const { definition, rest } = await host.definition(positionals);
  if (rest.length > 0) throw new UsageError(`'${rest[0]}' is an unexpected argument; usage: ${host.usage}`);
  const { dscManifest } = await import('./dsc-manifest.js');
  return dscManifest(definition, host.program(positionals, values.module), host.version(), values);
}

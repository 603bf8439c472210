/**
 * `dsc <operation>` and `dsc manifest`: the DSC resources of a definition. Shared by `dllet` and a module's program.
 * Loads little, because DSC starts the program for every operation.
 */
import { parseArgs } from 'node:util';
import type { Definition } from '../definition/types.js';
import { OPERATIONS, type OperationName } from '../dsc/operations.js';
import { AUDIT_OPTIONS } from './audit.js';
import { BACKEND_OPTIONS } from './backend.js';
import type { DscProgram } from './dsc-manifest.js';
import { dscOperation, reported } from './dsc-operation.js';
import { UsageError } from './usage.js';

const OPERATION_OPTIONS = {
  ...BACKEND_OPTIONS,
  ...AUDIT_OPTIONS,
  input: { type: 'string' },
  'what-if': { type: 'boolean' },
} as const;

const MANIFEST_OPTIONS = {
  ...BACKEND_OPTIONS,
  out: { type: 'string' },
  check: { type: 'boolean' },
  node: { type: 'string' },
  module: { type: 'string' },
} as const;

/** The differences between `dllet dsc` and a module's program. */
export interface DscHost {
  readonly usage: string;
  /** Returns the definition and the remaining positional arguments. Throws UsageError. */
  definition(positionals: readonly string[]): Promise<{ definition: Definition; rest: readonly string[] }>;
  version(): string;
  /** The program that the manifests start; `module` is the directory of a module whose program is used instead. */
  program(positionals: readonly string[], module: string | undefined): DscProgram;
}

/** Runs `dsc` with the remaining arguments. Returns the exit code. */
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
  const { values, positionals } = parsed(() =>
    parseArgs({ args: [...args], options: OPERATION_OPTIONS, allowPositionals: true, strict: true }),
  );
  const { definition, rest } = await host.definition(positionals);
  if (rest.length > 1) throw new UsageError(`'${rest[1]}' is one argument too many; usage: ${host.usage}`);
  return dscOperation(definition, operation, rest[0], values);
}

async function runManifest(args: readonly string[], host: DscHost): Promise<number> {
  const { values, positionals } = parsed(() =>
    parseArgs({ args: [...args], options: MANIFEST_OPTIONS, allowPositionals: true, strict: true }),
  );
  const { definition, rest } = await host.definition(positionals);
  if (rest.length > 0) throw new UsageError(`'${rest[0]}' is one argument too many; usage: ${host.usage}`);
  const { dscManifest } = await import('./dsc-manifest.js');
  return dscManifest(definition, host.program(positionals, values.module), host.version(), values);
}

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Verifies a module on a real Windows: the diagnosis, the checks of the definition's extension, and the module's
 * cmdlets in every installed PowerShell.
 */
import { messageOf } from '../definition/errors.js';
import type { Definition } from '../definition/types.js';
import { diagnose } from '../diagnosis/diagnose.js';
import { createNativeBackend } from '../native/backend.js';
import { cmdletScript } from './cmdlet-script.js';
import { describeMachine, type Machine } from './machine.js';
import { findShells, runShell } from './shells.js';
import type { ShellResult, Verification } from './types.js';
import type { OptionValues, VerificationPart, VerificationRun } from './verification-part.js';

export interface VerificationOptions {
  readonly definition: Definition;
  readonly libraryPath: string | undefined;
  /** The directory of the module; its manifest has the name of the definition. */
  readonly manifest: string;
  readonly moduleDirectory: string;
  /** The PowerShells to use instead of those of the machine. */
  readonly shells: readonly string[];
  /** The options of the definition's extension. */
  readonly part: VerificationPart | undefined;
  readonly options: OptionValues;
  /** The arguments that make node start a helper of the extension. */
  helper(name: string, ...args: readonly string[]): readonly string[];
  /** Called before each step. If it throws, the verification ends, cleans up and reports. */
  onStep(title: string): void;
}

/** Rejects only if the library is not found; any other failure is part of the result. */
export async function verifyModule(options: VerificationOptions): Promise<Verification> {
  const { definition, libraryPath, moduleDirectory, part } = options;
  const backend = createNativeBackend({ definition, libraryPath, directory: moduleDirectory });
  const library = backend.locate();
  const findings = await diagnose({
    definition,
    backend: 'native',
    libraryPath,
    directory: moduleDirectory,
    moduleDirectory,
  });
  const machine = await describeMachine(library);
  const run = await part?.open({ ...options, backend, library, machine });
  const shells: ShellResult[] = [];
  let failure: string | undefined;
  try {
    await run?.check();
    await tryCmdlets(options, machine, run, shells);
  } catch (error) {
    failure = messageOf(error);
  } finally {
    const problem = await run?.end();
    failure ??= problem;
  }
  return {
    title: `${definition.name} ${definition.version}`,
    facts: [...machine.facts, ...(run?.facts ?? [])],
    findings,
    shells,
    failure,
    extension: run?.report(failure),
  };
}

async function tryCmdlets(
  options: VerificationOptions,
  machine: Machine,
  run: VerificationRun | undefined,
  results: ShellResult[],
): Promise<void> {
  const own =
    machine.systemDirectory === undefined ? [] : findShells(machine.systemDirectory, process.env.ProgramFiles);
  for (const shell of options.shells.length > 0 ? options.shells : own) {
    options.onStep(`the cmdlets in ${shell}`);
    const attempt = async (steps: readonly string[]) => {
      const script = cmdletScript({ ...options, nodePath: process.execPath, steps });
      results.push(await runShell(shell, script));
    };
    await (run ? run.withSteps(attempt) : attempt([]));
  }
}

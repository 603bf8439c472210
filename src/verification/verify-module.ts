/**
 * The verification of a module on a real Windows: the diagnosis, what the definition's extension checks, and the module's cmdlets in
 * every PowerShell that is there.
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
  /** The module whose cmdlets are tried; its manifest has the definition's name. */
  readonly manifest: string;
  readonly moduleDirectory: string;
  /** PowerShells to try in place of those of the machine. */
  readonly shells: readonly string[];
  /** Of the extension that the definition names. */
  readonly part: VerificationPart | undefined;
  readonly options: OptionValues;
  /** The arguments with which node starts a helper of the extension. */
  helper(name: string, ...args: readonly string[]): readonly string[];
  /** Called before each step. What it throws ends the verification, which then cleans up and reports. */
  onStep(title: string): void;
}

/** Rejects for a library that cannot be found only; whatever else fails is in the result. */
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

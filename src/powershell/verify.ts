/** Compares a module's exports in a real PowerShell with its definition. */
import path from 'node:path';
import type { Definition } from '../definition/types.js';
import { ownFunctions } from '../generator/own-functions.js';
import { cmdletsOf } from '../model/cmdlets.js';
import { type Check, none, same, sameNames } from './checks.js';
import {
  factsOf,
  importScript,
  type ManifestFacts,
  type ModuleFacts,
  manifestScript,
  moduleScript,
} from './module-facts.js';
import type { PowerShellResult } from './result.js';
import type { PowerShellSession } from './session.js';
import { verifyCmdlet } from './verify-cmdlet.js';

export type { Check } from './checks.js';

export interface VerificationOptions {
  readonly moduleDirectory: string;
  readonly definition: Definition;
  readonly session: PowerShellSession;
}

export interface VerificationReport {
  readonly ok: boolean;
  readonly checks: readonly Check[];
}

/** Imports the module in the session (it stays imported) and returns every check, including those that passed. */
export async function verifyModule(options: VerificationOptions): Promise<VerificationReport> {
  const { definition, session } = options;
  const manifestPath = path.join(path.resolve(options.moduleDirectory), `${definition.name}.psd1`);
  const imported = await session.run(importScript(definition, manifestPath));
  const manifest = await session.run(manifestScript(manifestPath));
  const module = await session.run(moduleScript(definition));
  const checks = [
    ...complaints('Import-Module', imported),
    ...complaints('Test-ModuleManifest', manifest),
    ...verifyManifest(definition, factsOf<ManifestFacts>(manifest)),
    ...complaints('Reading the module', module),
    ...verifyExports(definition, factsOf<ModuleFacts>(module)),
  ];
  return { ok: checks.every((check) => check.ok), checks };
}

function complaints(name: string, result: PowerShellResult): Check[] {
  return [
    none(
      `${name}: errors`,
      result.errors.map((error) => `${error.message} (${error.fullyQualifiedErrorId})`),
    ),
    none(`${name}: warnings`, result.warnings),
  ];
}

function verifyManifest(definition: Definition, facts: ManifestFacts | undefined): Check[] {
  return [
    same('Manifest: name', definition.name, facts?.name),
    same('Manifest: version', definition.version, facts?.version),
    same('Manifest: GUID', definition.module.guid.toLowerCase(), facts?.guid.toLowerCase()),
    sameNames('Manifest: commands', cmdletNames(definition), commandsOf(definition, facts)),
    sameNames('Manifest: aliases', [], facts?.aliases ?? []),
    sameNames('Manifest: variables', [], facts?.variables ?? []),
  ];
}

function verifyExports(definition: Definition, facts: ModuleFacts | undefined): Check[] {
  return [
    sameNames('Module: commands', cmdletNames(definition), commandsOf(definition, facts)),
    sameNames('Module: aliases', [], facts?.aliases ?? []),
    sameNames('Module: variables', [], facts?.variables ?? []),
    ...cmdletsOf(definition).flatMap((cmdlet) => {
      const command = facts?.commands.find((one) => one.name === cmdlet.name);
      return command === undefined ? [] : verifyCmdlet(definition, cmdlet, command);
    }),
  ];
}

/** The exports, without the functions that every module has whatever its definition says. */
function commandsOf(definition: Definition, facts: ManifestFacts | ModuleFacts | undefined): string[] {
  const own = ownFunctions(definition);
  return facts ? [...facts.functions, ...facts.cmdlets].filter((name) => !own.includes(name)) : [];
}

function cmdletNames(definition: Definition): string[] {
  return definition.cmdlets.map((cmdlet) => cmdlet.name);
}

/** Compares a module's exports in a real PowerShell with its definition. */
import path from 'node:path';
import type { Definition } from '../definition/types.js';
import { ownFunctions } from '../generator/own-functions.js';
import { cmdletsOf } from '../model/cmdlets.js';
import type { PowerShellResult } from '../powershell/result.js';
import type { PowerShellSession } from '../powershell/session.js';
import { type Comparison, none, same, sameNames } from './comparison.js';
import {
  factsOf,
  importScript,
  type ManifestFacts,
  type ModuleFacts,
  manifestScript,
  moduleScript,
} from './module-facts.js';
import { verifyCmdlet } from './verify-cmdlet.js';

export interface ExportsOptions {
  readonly moduleDirectory: string;
  readonly definition: Definition;
  readonly session: PowerShellSession;
}

export interface ExportsReport {
  readonly ok: boolean;
  readonly checks: readonly Comparison[];
}

/** Imports the module in the session, where it stays, and returns every comparison, successful ones included. */
export async function verifyExports(options: ExportsOptions): Promise<ExportsReport> {
  const { definition, session } = options;
  const manifestPath = path.join(path.resolve(options.moduleDirectory), `${definition.name}.psd1`);
  const imported = await session.run(importScript(definition, manifestPath));
  const manifest = await session.run(manifestScript(manifestPath));
  const module = await session.run(moduleScript(definition));
  const checks = [
    ...complaints('Import-Module', imported),
    ...complaints('Test-ModuleManifest', manifest),
    ...compareManifest(definition, factsOf<ManifestFacts>(manifest)),
    ...complaints('Reading the module', module),
    ...compareExports(definition, factsOf<ModuleFacts>(module)),
  ];
  return { ok: checks.every((check) => check.ok), checks };
}

function complaints(name: string, result: PowerShellResult): Comparison[] {
  return [
    none(
      `${name}: errors`,
      result.errors.map((error) => `${error.message} (${error.fullyQualifiedErrorId})`),
    ),
    none(`${name}: warnings`, result.warnings),
  ];
}

function compareManifest(definition: Definition, facts: ManifestFacts | undefined): Comparison[] {
  return [
    same('Manifest: name', definition.name, facts?.name),
    same('Manifest: version', definition.version, facts?.version),
    same('Manifest: GUID', definition.module.guid.toLowerCase(), facts?.guid.toLowerCase()),
    sameNames('Manifest: commands', cmdletNames(definition), commandsOf(definition, facts)),
    sameNames('Manifest: aliases', [], facts?.aliases ?? []),
    sameNames('Manifest: variables', [], facts?.variables ?? []),
  ];
}

function compareExports(definition: Definition, facts: ModuleFacts | undefined): Comparison[] {
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

/** Returns the exports, without the functions that every module has. */
function commandsOf(definition: Definition, facts: ManifestFacts | ModuleFacts | undefined): string[] {
  const own = ownFunctions(definition);
  return facts ? [...facts.functions, ...facts.cmdlets].filter((name) => !own.includes(name)) : [];
}

function cmdletNames(definition: Definition): string[] {
  return definition.cmdlets.map((cmdlet) => cmdlet.name);
}

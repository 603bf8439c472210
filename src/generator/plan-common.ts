/**
 * What function cmdlets and operation cmdlets have in common: ShouldProcess, attributes, and parameters that come with
 * the output.
 */
import { looksPlural } from '../definition/nouns.js';
import type { CmdletOutput, Definition, ExpandedCmdlet } from '../definition/types.js';
import type { CmdletModel } from '../model/types.js';
import type { ReturnedType, Suppression } from '../outputs/output-kind.js';
import { outputKind } from '../outputs/registry.js';
import { planParameter, switchParameter } from './plan-parameter.js';
import type { ParameterPlan, ShouldProcessPlan } from './plan-types.js';
import { quoted } from './powershell-text.js';

export function planShouldProcess({ shouldProcess }: ExpandedCmdlet): ShouldProcessPlan | undefined {
  // High impact prompts by default, so it needs -Force.
  return shouldProcess && { impact: shouldProcess.impact, force: shouldProcess.impact === 'High' };
}

/** The arguments of CmdletBinding. */
export function bindingCode(shouldProcess: ShouldProcessPlan | undefined, defaultSet?: string): string {
  const parts = ['PositionalBinding = $false'];
  if (defaultSet !== undefined) parts.push(`DefaultParameterSetName = ${quoted(defaultSet)}`);
  if (shouldProcess) parts.push('SupportsShouldProcess', `ConfirmImpact = ${quoted(shouldProcess.impact)}`);
  return parts.join(', ');
}

/** The parameters that come with the output. */
export function outputParameters(output: CmdletOutput): ParameterPlan[] {
  return (outputKind(output).parameters ?? []).map(planParameter);
}

/** The arguments of OutputType, as code. */
export function outputTypes(definition: Definition, cmdlet: CmdletModel): string[] {
  return returnedTypes(definition, cmdlet).map(({ name }) => (name === 'System.Boolean' ? '[bool]' : quoted(name)));
}

/** What a cmdlet returns. */
export function returnedTypes(definition: Definition, cmdlet: CmdletModel): readonly ReturnedType[] {
  const { output } = cmdlet;
  return outputKind(output).returns(output, definition, cmdlet.calls === 'function' ? cmdlet.fn.outputs : []);
}

/** The PSScriptAnalyzer rules that a cmdlet breaks on purpose: its output's, and those that the definition says are meant. */
export function suppressionsOf({ name, output, allowPluralNoun, shadows }: CmdletModel): readonly Suppression[] {
  return [
    ...(outputKind(output).suppressions ?? []),
    ...(allowPluralNoun || looksPlural(name)
      ? [{ rule: 'PSUseSingularNouns', reason: 'The noun is meant as it is.' }]
      : []),
    ...(shadows
      ? [{ rule: 'PSAvoidOverwritingBuiltInCmdlets', reason: 'It replaces the other command on purpose.' }]
      : []),
  ];
}

/** The -Force parameter of high-impact cmdlets. */
export const FORCE = switchParameter('Force', 'Does not ask for confirmation, unless you also use -Confirm.');

/**
 * Returns a name for the variable in a cmdlet's body that no parameter has. PowerShell variable names are
 * case-insensitive.
 */
export function callVariable(declared: readonly ParameterPlan[]): string {
  const taken = new Set(declared.map(({ name }) => name.toLowerCase()));
  let name = 'call';
  while (taken.has(name)) name += '_';
  return name;
}

/** What cmdlets over functions and over operations have in common: ShouldProcess, attributes, and what comes with their output. */
import type { CmdletOutput, Definition, ExpandedCmdlet } from '../definition/types.js';
import { outputKind } from '../outputs/registry.js';
import { planParameter, switchParameter } from './plan-parameter.js';
import type { ParameterPlan, ShouldProcessPlan } from './plan-types.js';
import { quoted } from './powershell-text.js';

export function planShouldProcess({ shouldProcess }: ExpandedCmdlet): ShouldProcessPlan | undefined {
  // High impact asks by default, so it has -Force.
  return shouldProcess && { impact: shouldProcess.impact, force: shouldProcess.impact === 'High' };
}

/** Arguments of CmdletBinding. */
export function bindingCode(shouldProcess: ShouldProcessPlan | undefined, defaultSet?: string): string {
  const parts = ['PositionalBinding = $false'];
  if (defaultSet !== undefined) parts.push(`DefaultParameterSetName = ${quoted(defaultSet)}`);
  if (shouldProcess) parts.push('SupportsShouldProcess', `ConfirmImpact = ${quoted(shouldProcess.impact)}`);
  return parts.join(', ');
}

/** Parameters that come with what the cmdlet returns. */
export function outputParameters(output: CmdletOutput): ParameterPlan[] {
  return (outputKind(output).parameters ?? []).map(planParameter);
}

/** Arguments of OutputType, as code. */
export function outputTypes(definition: Definition, { output }: ExpandedCmdlet): string[] {
  return outputKind(output)
    .returns(output, definition)
    .map(({ name }) => (name === 'System.Boolean' ? '[bool]' : quoted(name)));
}

/** The -Force that goes with high impact. */
export const FORCE = switchParameter('Force', 'Does not ask for confirmation, unless -Confirm is given too.');

/** A name for the one variable of a cmdlet's body that no parameter has: PowerShell does not tell upper and lower case apart. */
export function callVariable(declared: readonly ParameterPlan[]): string {
  const taken = new Set(declared.map(({ name }) => name.toLowerCase()));
  let name = 'call';
  while (taken.has(name)) name += '_';
  return name;
}

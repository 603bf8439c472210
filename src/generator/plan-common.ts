/** What cmdlets over functions and over operations have in common: ShouldProcess, attributes, completion. */
import type { ArgumentValue, Definition, ExpandedCmdlet } from '../definition/types.js';
import { switchParameter } from './plan-parameter.js';
import type { ShouldProcessPlan } from './plan-types.js';
import { numeral, quoted, template } from './powershell-text.js';

export function planShouldProcess(
  cmdlet: ExpandedCmdlet,
  variables: ReadonlySet<string>,
): ShouldProcessPlan | undefined {
  const should = cmdlet.shouldProcess;
  if (!should) return undefined;
  return {
    impact: should.impact,
    description: template(`Performing the operation "${should.action}" on target "${should.target}".`, variables),
    query: template(should.query, variables),
    caption: template(should.action, variables),
    force: should.impact === 'High',
  };
}

/** Arguments of CmdletBinding. */
export function bindingCode(shouldProcess: ShouldProcessPlan | undefined, defaultSet?: string): string {
  const parts = ['PositionalBinding = $false'];
  if (defaultSet !== undefined) parts.push(`DefaultParameterSetName = ${quoted(defaultSet)}`);
  if (shouldProcess) parts.push('SupportsShouldProcess = $true', `ConfirmImpact = ${quoted(shouldProcess.impact)}`);
  return parts.join(', ');
}

/** The -Force that goes with high impact. */
export const FORCE = switchParameter('Force', 'Does not ask for confirmation, unless -Confirm is given too.');

/** What a named type says about its values. */
export function describedType(definition: Definition, type: unknown): string | undefined {
  return typeof type === 'string' && Object.hasOwn(definition.types, type)
    ? definition.types[type]?.description
    : undefined;
}

/** A value of the definition as PowerShell code. */
export function argumentCode(value: ArgumentValue): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') return numeral(value);
  if (typeof value === 'boolean') return value ? '$true' : '$false';
  return `@(${value.map(argumentCode).join(', ')})`;
}

/** Checks of parameter names, which are also parameters and variables in PowerShell. */
import { type Directed, isInput } from '../parameters.js';
import { COMMON_PARAMETERS, SPECIAL_VARIABLES } from '../reserved-names.js';
import { pointerTo } from '../source-text.js';
import type { Report } from './report.js';

export interface NamedParameter extends Directed {
  readonly name: string;
}

/**
 * Reports names that PowerShell reserves, and duplicate names. `place`: the JSON pointer of the function or operation.
 */
export function checkParameterNames(parameters: readonly NamedParameter[], place: string, report: Report): void {
  const seen = new Set<string>();
  parameters.forEach((parameter, index) => {
    const at = place + pointerTo('parameters', index, 'name');
    const key = parameter.name.toLowerCase();
    if (seen.has(key)) report(at, `the parameter '${parameter.name}' appears twice (PowerShell ignores case)`);
    seen.add(key);
    if (isInput(parameter)) for (const problem of nameProblems(parameter.name)) report(at, problem);
  });
}

/** Returns the reasons why a cmdlet cannot have a parameter of this name; empty if it can. */
export function nameProblems(name: string): string[] {
  const key = name.toLowerCase();
  return [
    ...(COMMON_PARAMETERS.has(key) ? [`'${name}' is a common parameter of PowerShell; choose another name`] : []),
    ...(SPECIAL_VARIABLES.has(key) ? [`'${name}' is a reserved variable of PowerShell; choose another name`] : []),
  ];
}

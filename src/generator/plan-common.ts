/** What cmdlets over functions and over operations have in common: help, ShouldProcess, attributes. */
import type { Shape } from '../definition/ctypes.js';
import type { Definition, ExpandedCmdlet } from '../definition/types.js';
import type { HelpPlan, ParameterPlan, ShouldProcessPlan } from './plan-types.js';
import { helpLines, numeral, quoted, template } from './powershell-text.js';

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

/** A switch parameter. */
export function switchParameter(name: string, description: string): ParameterPlan {
  return { name, type: 'switch', attributes: [], help: helpLines(description) };
}

/** The -Force that goes with high impact. */
export const FORCE = switchParameter('Force', 'Does not ask for confirmation, unless -Confirm is given too.');

/** A range attribute only where the range is narrower than the type: otherwise the type itself refuses the value. */
export function validationOf(shape: Shape): string | undefined {
  if (shape.kind === 'enum') return `[ValidateSet(${Object.keys(shape.names).map(quoted).join(', ')})]`;
  if (shape.kind !== 'integer' || shape.bits === 64 || shape.bits === 0) return undefined;
  const bits = BigInt(shape.bits);
  const lowest = shape.signed ? -(1n << (bits - 1n)) : 0n;
  const highest = shape.signed ? (1n << (bits - 1n)) - 1n : (1n << bits) - 1n;
  if (shape.minimum === lowest && shape.maximum === highest) return undefined;
  return `[ValidateRange(${numeral(Number(shape.minimum))}, ${numeral(Number(shape.maximum))})]`;
}

/** What a named type says about its values. */
export function describedType(definition: Definition, type: unknown): string | undefined {
  return typeof type === 'string' && Object.hasOwn(definition.types, type)
    ? definition.types[type]?.description
    : undefined;
}

export function planHelp(definition: Definition, cmdlet: ExpandedCmdlet, inputs: string): HelpPlan {
  return {
    synopsis: helpLines(cmdlet.synopsis),
    description: helpLines(cmdlet.description),
    inputs: helpLines(inputs),
    outputs: outputsHelp(definition, cmdlet).flatMap(helpLines),
    notes: helpLines(cmdlet.notes ?? ''),
    examples: cmdlet.examples.map((example) => ({
      code: helpLines(example.code),
      description: helpLines(example.description),
    })),
    links: (cmdlet.links ?? []).flatMap(helpLines),
  };
}

function outputsHelp(definition: Definition, { output }: ExpandedCmdlet): string[] {
  switch (output.kind) {
    case 'object':
    case 'list': {
      const object = definition.objects[output.object];
      if (!object) return [];
      return [
        object.typeName,
        object.description,
        ...object.properties.map((property) => `${property.name}: ${property.description}`),
      ];
    }
    case 'boolean':
      return ['System.Boolean'];
    case 'file':
      return ['System.IO.FileInfo'];
    case 'socket':
      return ['System.Net.Sockets.Socket'];
    case 'none':
      return ['None'];
  }
}

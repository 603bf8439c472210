/** Decides what a module holds: the definition turned into view models that the templates only have to write down. */
import { resolveShape } from '../definition/ctypes.js';
import type { Definition, ObjectDefinition } from '../definition/types.js';
import { planFunctionCmdlet } from './plan-function-cmdlet.js';
import { planOperationCmdlet } from './plan-operation-cmdlet.js';
import type { ModulePlan, ViewPlan } from './plan-types.js';
import { bareName } from './powershell-text.js';
import { planRoles } from './roles.js';

/** The plan of a module. `generatorVersion` appears in the banner of every file. */
export function planModule(definition: Definition, generatorVersion: string): ModulePlan {
  return {
    name: bareName(definition.name),
    version: definition.version,
    generator: `dllet ${generatorVersion}`,
    definition,
    cmdlets: definition.cmdlets.map((cmdlet) =>
      cmdlet.operation === undefined ? planFunctionCmdlet(definition, cmdlet) : planOperationCmdlet(definition, cmdlet),
    ),
    views: Object.values(definition.objects).map((object) => planView(definition, object)),
    hasSockets: definition.cmdlets.some((cmdlet) => cmdlet.output.kind === 'socket'),
    exports: [...definition.cmdlets.map((cmdlet) => bareName(cmdlet.name)), ...ownFunctions(definition)],
    roles: planRoles(definition, ownFunctions(definition)),
  };
}

/** The functions that every module exports, whatever its definition says. */
export function ownFunctions({ name }: Definition): string[] {
  return [`Test-${bareName(name)}Module`];
}

/** A table of the object's properties, but for long texts: numbers to the right. */
function planView(definition: Definition, object: ObjectDefinition): ViewPlan {
  return {
    typeName: object.typeName,
    columns: object.properties
      .filter((property) => property.inTable !== false)
      .map((property) => ({
        name: bareName(property.name),
        alignment: isNumeric(definition, property) ? 'Right' : 'Left',
      })),
  };
}

function isNumeric(definition: Definition, { from, type }: ObjectDefinition['properties'][number]): boolean {
  if (type !== undefined) return resolveShape({ type }, definition.types).kind === 'integer';
  if (Object.hasOwn(definition.computed, from)) return true;
  for (const fn of Object.values(definition.functions)) {
    const parameter = fn.parameters.find((one) => one.name === from);
    if (parameter) return ['integer', 'float', 'handle'].includes(resolveShape(parameter, definition.types).kind);
  }
  return false;
}

/** Decides what a module holds: the definition turned into view models that the templates only have to write down. */
import { resolveShape } from '../definition/ctypes.js';
import type { Definition, ObjectDefinition } from '../definition/types.js';
import { planAbout } from './plan-about.js';
import { planClasses } from './plan-class.js';
import { planFunctionCmdlet } from './plan-function-cmdlet.js';
import { planIntegrityHelp } from './plan-help.js';
import { planOperationCmdlet } from './plan-operation-cmdlet.js';
import { planTests } from './plan-tests.js';
import type { ModulePlan, ViewPlan } from './plan-types.js';
import { bareName } from './powershell-text.js';
import { planRoles } from './roles.js';

/** What a module is made for, beside its definition. */
export interface ModuleOptions {
  /** True where the module brings its own node.exe, in `bin`. */
  readonly hasNode?: boolean;
}

/** The plan of a module. `generatorVersion` appears in the banner of every file. */
export function planModule(
  definition: Definition,
  generatorVersion: string,
  { hasNode = false }: ModuleOptions = {},
): ModulePlan {
  const cmdlets = definition.cmdlets.map((cmdlet) =>
    cmdlet.operation === undefined ? planFunctionCmdlet(definition, cmdlet) : planOperationCmdlet(definition, cmdlet),
  );
  return {
    name: bareName(definition.name),
    version: definition.version,
    generator: `dllet ${generatorVersion}`,
    definition,
    cmdlets,
    tests: planTests(definition, cmdlets),
    views: [
      ...Object.values(definition.objects).map((object) => planView(definition, object)),
      deviationView(definition),
    ],
    classes: planClasses(definition),
    nodeExecutable: hasNode ? 'bin/node.exe' : 'node',
    hasSockets: definition.cmdlets.some((cmdlet) => cmdlet.output.kind === 'socket'),
    hasChanges: definition.cmdlets.some((cmdlet) => definition.functions[cmdlet.function ?? '']?.changesState),
    exports: [...definition.cmdlets.map((cmdlet) => bareName(cmdlet.name)), ...ownFunctions(definition)],
    help: [...cmdlets.map((cmdlet) => cmdlet.help), planIntegrityHelp(definition)],
    about: planAbout(definition),
    completions: definition.cmdlets.flatMap(({ name, completion }) =>
      completion
        ? [
            {
              cmdlet: bareName(name),
              operation: bareName(completion.operation),
              arguments: JSON.stringify(completion.arguments ?? {}),
              parameters: completion.parameters.map(bareName),
            },
          ]
        : [],
    ),
    roles: planRoles(definition, ownFunctions(definition)),
  };
}

/** The functions that every module exports, whatever its definition says. */
export function ownFunctions({ name }: Definition): string[] {
  return [`Test-${bareName(name)}Module`];
}

/** Of the files that are not as they were packed. */
function deviationView({ name }: Definition): ViewPlan {
  const items = ['Path', 'Status', 'Expected', 'Actual'];
  return {
    typeName: `${bareName(name)}.FileDeviation`,
    columns: items.slice(0, 2).map((one) => ({ name: one, alignment: 'Left' })),
    items,
  };
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
    items: object.properties.map((property) => bareName(property.name)),
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

/** Plans a module: turns the definition into view models that the templates only write out. */
import type { Definition } from '../definition/types.js';
import type { VerificationScript } from '../extensions/extension.js';
import { extensionOf } from '../extensions/registry.js';
import { kindOf, type Shape } from '../kinds/index.js';
import { cmdletsOf, objectsOf } from '../model/cmdlets.js';
import { type Model, modelOf } from '../model/model.js';
import type { ObjectModel, PropertyModel } from '../model/types.js';
import { assemblyName, CLIENT_NAME } from './assemblies.js';
import { planFacts } from './facts.js';
import { ownFunctions } from './own-functions.js';
import { planAbout } from './plan-about.js';
import { planClasses } from './plan-class.js';
import { planFunctionCmdlet } from './plan-function-cmdlet.js';
import { planIntegrityCmdlet } from './plan-integrity-cmdlet.js';
import { planOperationCmdlet } from './plan-operation-cmdlet.js';
import { planTests } from './plan-tests.js';
import type { CmdletPlan, CompletionPlan, ModulePlan, ParameterPlan, ViewPlan } from './plan-types.js';
import { bareName, moduleName } from './powershell-text.js';
import { planRoles } from './roles.js';

/** The inputs of a plan besides the definition. */
export interface ModuleOptions {
  /** True if the module contains its own node.exe, in `bin`. */
  readonly hasNode?: boolean;
}

/** Returns the plan of a module. `generatorVersion` appears in the banner of every file. */
export function planModule(
  definition: Definition,
  generatorVersion: string,
  { hasNode = false }: ModuleOptions = {},
): ModulePlan {
  const cmdlets = cmdletsOf(definition).map((cmdlet) =>
    cmdlet.calls === 'function' ? planFunctionCmdlet(definition, cmdlet) : planOperationCmdlet(definition, cmdlet),
  );
  const all = [...cmdlets, planIntegrityCmdlet(definition)].map((cmdlet, index) => ({
    ...cmdlet,
    helpFile: helpFileOf(definition, index),
  }));
  return {
    name: moduleName(definition.name),
    version: definition.version,
    generator: `dllet ${generatorVersion}`,
    definition,
    cmdlets: all,
    client: assemblyName(CLIENT_NAME, generatorVersion),
    tests: planTests(definition, cmdlets),
    views: [...objectsOf(definition).map((object) => planView(modelOf(definition), object)), deviationView(definition)],
    classes: planClasses(definition),
    nodeExecutable: hasNode ? 'bin/node.exe' : 'node',
    exports: [...definition.cmdlets.map((cmdlet) => bareName(cmdlet.name)), ...ownFunctions(definition)],
    help: all.map(({ help, helpFile }) => ({ ...help, helpFile })),
    about: planAbout(definition),
    completions: planCompletions(definition, cmdlets),
    verification: extensionOf(definition)?.verificationScript ?? PLAIN_VERIFICATION,
    facts: planFacts(definition, generatorVersion),
    roles: planRoles(definition, ownFunctions(definition)),
  };
}

/** PowerShell reads the whole file to show the help of one cmdlet. */
const MOST_IN_HELP_FILE = 50;

function helpFileOf({ name }: Definition, index: number): string {
  const file = Math.floor(index / MOST_IN_HELP_FILE);
  return `${moduleName(name)}${file === 0 ? '' : `-${file + 1}`}-help.xml`;
}

/** For a module without additions from an extension. */
const PLAIN_VERIFICATION: VerificationScript = {
  description: [
    `Needs only the module. Tests whether the library on this computer has every function, and whether the module has its cmdlets, in
Windows PowerShell 5.1 and PowerShell 7 if both are installed.`,
  ],
  parameters: [],
};

/**
 * Returns the parameters that the client completes, for which PowerShell would offer the names of files: from the rows of
 * an operation, with the ends of the range of a number, or, for anything else that is not a path, with nothing.
 */
function planCompletions(definition: Definition, plans: readonly CmdletPlan[]): CompletionPlan[] {
  const completed = (plan: CmdletPlan) => {
    const cmdlet = definition.cmdlets.find((one) => bareName(one.name) === plan.name);
    const fromRows = cmdlet?.completion?.parameters.map(bareName) ?? [];
    return plan.declared.filter((one) => fromRows.includes(one.name) || !isCompletedByPowerShell(one));
  };
  const cmdletsOf = new Map<string, string[]>();
  for (const plan of plans)
    for (const { name } of completed(plan)) cmdletsOf.set(name, [...(cmdletsOf.get(name) ?? []), plan.name]);
  const everywhere = [...cmdletsOf].filter(([name, cmdlets]) => cmdlets.length === declaring(name, plans));
  const others = [...cmdletsOf].filter(([name, cmdlets]) => cmdlets.length !== declaring(name, plans));
  return [
    ...(everywhere.length === 0 ? [] : [{ parameters: everywhere.map(([name]) => name) }]),
    ...others.map(([name, cmdlets]) => ({ parameters: [name], cmdlets })),
  ];
}

/** Counts the cmdlets that have a parameter of this name, whatever its type. */
const declaring = (name: string, plans: readonly CmdletPlan[]): number =>
  plans.filter(({ declared }) => declared.some((one) => one.name === name)).length;

/** True for switches, for words, and for texts whose name says that they are paths. */
function isCompletedByPowerShell({ name, type, attributes }: ParameterPlan): boolean {
  const isPath = /^string(\[\])?$/.test(type) && /(path|file|folder|directory|dir)(name|s)?$|^(path|file)/i.test(name);
  return type === 'switch' || isPath || attributes.some((code) => /^\[(ArgumentCompleter|ValidateSet)\(/.test(code));
}

/** The table of the files that differ from the catalog. */
function deviationView({ name }: Definition): ViewPlan {
  return {
    typeName: `${moduleName(name)}.FileDeviation`,
    columns: ['Path', 'Status'].map((one) => ({ name: one, alignment: 'Left', width: undefined })),
  };
}

/** A table of the object's properties without long strings; numbers are right-aligned. */
function planView(model: Model, object: ObjectModel): ViewPlan {
  return {
    typeName: object.typeName,
    columns: object.properties
      .filter((property) => property.inTable !== false)
      .map((property) => ({
        name: bareName(property.name),
        alignment: isNumeric(model, property) ? 'Right' : 'Left',
        width: property.width,
      })),
  };
}

function isNumeric(model: Model, { from, shape }: PropertyModel): boolean {
  if (shape !== undefined) return kindOf(shape).isNumeric === true;
  if (Object.hasOwn(model.definition.computed, from)) return true;
  const parameter = parametersOf(model).get(from);
  return parameter !== undefined && kindOf(parameter).isNumeric === true;
}

const PARAMETERS = new WeakMap<Model, ReadonlyMap<string, Shape>>();

/** The types of all parameters by name. If several functions have a parameter of the same name, the first one counts. */
function parametersOf(model: Model): ReadonlyMap<string, Shape> {
  const known = PARAMETERS.get(model);
  if (known) return known;
  const all = model.functions.flatMap(({ parameters }) => parameters);
  const shapes = new Map(all.reverse().map(({ name, shape }) => [name, shape]));
  PARAMETERS.set(model, shapes);
  return shapes;
}

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
    `Needs nothing but the module. Finds out whether the library has every function here, and whether the module has its cmdlets, in
Windows PowerShell 5.1 and in PowerShell 7 where both are there.`,
  ],
  parameters: [],
};

/**
 * What the client completes: from the rows of an operation, or, for a number, with the ends of its range, where
 * PowerShell would offer the names of files. Parameters that the same cmdlets have are together.
 */
function planCompletions(definition: Definition, plans: readonly CmdletPlan[]): CompletionPlan[] {
  const cmdletsOf = new Map<string, string[]>();
  for (const { name, declared } of plans) {
    const cmdlet = definition.cmdlets.find((one) => bareName(one.name) === name);
    const found = cmdlet?.completion?.parameters ?? [];
    const ranges = definition.operations[cmdlet?.operation ?? '']?.parameters.filter((one) => one.ranges) ?? [];
    const isNumber = (one: ParameterPlan) =>
      WHOLE_NUMBER.test(one.type) || ranges.some((range) => bareName(range.name) === one.name);
    const numbers = declared.filter((one) => isNumber(one) && !one.attributes.some((code) => OFFERS.test(code)));
    for (const parameter of new Set([...found.map(bareName), ...numbers.map((one) => one.name)]))
      cmdletsOf.set(parameter, [...(cmdletsOf.get(parameter) ?? []), name]);
  }
  const groups = new Map<string, { parameters: string[]; cmdlets: string[] }>();
  for (const [parameter, cmdlets] of cmdletsOf) {
    const group = groups.get(cmdlets.join()) ?? { parameters: [], cmdlets };
    group.parameters.push(parameter);
    groups.set(cmdlets.join(), group);
  }
  return [...groups.values()];
}

/** The PowerShell types of whole numbers, and lists of them. */
const WHOLE_NUMBER = /^(s?byte|u?short|u?int|u?long|u?int(16|32|64))(\[\])?$/;

/** Attributes by which PowerShell completes words by itself. */
const OFFERS = /^\[(ArgumentCompleter|ValidateSet)\(/;

/** For the files that differ from the catalog. */
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

/** The types of all parameters by name; where several functions have one, that of the first function. */
function parametersOf(model: Model): ReadonlyMap<string, Shape> {
  const known = PARAMETERS.get(model);
  if (known) return known;
  const all = model.functions.flatMap(({ parameters }) => parameters);
  const shapes = new Map(all.reverse().map(({ name, shape }) => [name, shape]));
  PARAMETERS.set(model, shapes);
  return shapes;
}

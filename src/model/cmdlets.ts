/** The cmdlets of a definition and the objects that they return, resolved once. */
import { own } from '../definition/own.js';
import type { CmdletParameterDefinition, Definition, ExpandedCmdlet } from '../definition/types.js';
import { kindOf, powershellType, resolveShape, type Shape } from '../kinds/index.js';
import { outputKind } from '../outputs/registry.js';
import { type Model, modelOf } from './model.js';
import type { CmdletModel, CmdletParameter, FunctionModel, ObjectModel, OperationModel, Parameter } from './types.js';

/** Returns the cmdlets of a definition in its order. Cached. */
export function cmdletsOf(definition: Definition): readonly CmdletModel[] {
  return resolved(definition).cmdlets;
}

/** Returns the objects of a definition, in its order. */
export function objectsOf(definition: Definition): readonly ObjectModel[] {
  return resolved(definition).objects;
}

interface Resolved {
  readonly cmdlets: readonly CmdletModel[];
  readonly objects: readonly ObjectModel[];
}

const RESOLVED = new WeakMap<Definition, Resolved>();

function resolved(definition: Definition): Resolved {
  const known = RESOLVED.get(definition);
  if (known) return known;
  const model = modelOf(definition);
  const objects = Object.keys(definition.objects).map((name) => resolveObject(definition, name));
  const byName = new Map(objects.map((one) => [one.name, one]));
  const fresh = { objects, cmdlets: definition.cmdlets.map((cmdlet) => resolveCmdlet(model, byName, cmdlet)) };
  RESOLVED.set(definition, fresh);
  return fresh;
}

function resolveObject({ objects, types }: Definition, name: string): ObjectModel {
  const object = objects[name] as Definition['objects'][string];
  const properties = object.properties.map((one) => ({
    ...one,
    shape: one.type === undefined ? undefined : resolveShape({ type: one.type }, types),
  }));
  return Object.freeze({ ...object, name, properties });
}

function resolveCmdlet(model: Model, objects: ReadonlyMap<string, ObjectModel>, cmdlet: ExpandedCmdlet): CmdletModel {
  const returned = outputKind(cmdlet.output).object?.(cmdlet.output);
  const object = returned === undefined ? undefined : objects.get(returned);
  if (cmdlet.operation === undefined) {
    const fn = model.functionNamed(cmdlet.function ?? '');
    if (!fn) throw new Error(`${cmdlet.name}: there is no function '${cmdlet.function}'`);
    const places = placesOf(cmdlet, fn);
    const parameters = fn.inputs.map((one) => ofFunction(cmdlet, fn, one, places.indexOf(one.name)));
    return Object.freeze({ ...cmdlet, calls: 'function', fn, object, parameters });
  }
  const of = model.operationNamed(cmdlet.operation);
  if (!of) throw new Error(`${cmdlet.name}: there is no operation '${cmdlet.operation}'`);
  const asked = of.parameters.filter(({ name }) => !Object.hasOwn(cmdlet.arguments ?? {}, name));
  return Object.freeze({ ...cmdlet, calls: 'operation', of, object, parameters: asked.map(ofOperation) });
}

/** The parameters of a function are mandatory, except pointers that can be NULL and parameters with a default. */
function ofFunction(
  cmdlet: ExpandedCmdlet,
  fn: FunctionModel,
  parameter: Parameter,
  position: number,
): CmdletParameter {
  const { name, shape, description, optional } = parameter;
  const said = saidOf(cmdlet, name);
  const sets = Object.entries(cmdlet.parameterSets ?? {}).flatMap(([set, names]) =>
    names.includes(name) ? [set] : [],
  );
  return {
    name: said.name ?? name,
    from: name,
    aliases: said.aliases ?? [],
    sets,
    shape,
    // PowerShell would make an empty text of $null.
    type: optional && powershellType(shape) === 'string' ? 'object' : powershellType(shape),
    description: said.help ?? description,
    mandatory: said.default === undefined && (sets.length > 0 || optional !== true),
    many: false,
    isSwitch: false,
    position,
    pipeline: isObvious(cmdlet, fn, parameter) ? 'value' : 'propertyName',
    default: said.default,
  };
}

/** The names in positional order: parameters with a default come last. */
function placesOf(cmdlet: ExpandedCmdlet, { inputs }: FunctionModel): string[] {
  const hasDefault = ({ name }: Parameter) => saidOf(cmdlet, name).default !== undefined;
  return [...inputs.filter((one) => !hasDefault(one)), ...inputs.filter(hasDefault)].map(({ name }) => name);
}

const saidOf = ({ said = {} }: ExpandedCmdlet, name: string): CmdletParameterDefinition => own(said, name) ?? {};

/**
 * True if pipeline values can only be meant for this parameter, because it is the only one without a default, the only
 * mandatory one, or the only handle. A cmdlet that changes something does not accept a string this way, because
 * PowerShell converts any object to a string.
 */
function isObvious(
  cmdlet: ExpandedCmdlet,
  { inputs, changesState }: FunctionModel,
  { name, shape }: Parameter,
): boolean {
  if (isHandle(shape)) return inputs.filter((one) => isHandle(one.shape)).length === 1;
  const asked = inputs.length === 1 ? inputs : inputs.filter((one) => saidOf(cmdlet, one.name).default === undefined);
  const meant = asked.length === 1 ? asked : asked.filter(({ optional }) => optional !== true);
  if (meant.length !== 1 || meant[0]?.name !== name) return false;
  const { isNumeric, isDistinct, isText } = kindOf(shape);
  return isNumeric === true || isDistinct === true || (isText === true && !changesState);
}

const isHandle = (shape: Shape) => kindOf(shape).release?.(shape) !== undefined;

function ofOperation(parameter: OperationModel['parameters'][number], position: number): CmdletParameter {
  const { name, shape, description, optional, many = false, pipeline, ranges, default: value } = parameter;
  const isSwitch = kindOf(shape).isSwitch === true;
  return {
    name,
    from: name,
    aliases: [],
    sets: [],
    shape,
    type: isSwitch ? 'switch' : `${ranges ? 'string' : powershellType(shape)}${many ? '[]' : ''}`,
    description,
    mandatory: optional !== true,
    many,
    isSwitch,
    ...(ranges && { ranges }),
    position: isSwitch ? undefined : position,
    pipeline,
    default: value,
  };
}

/** Checks of types, functions and computed values. */
import { BUILT_IN_TYPES, integerRange, resolveShape, type Shape, TypeResolutionError } from './ctypes.js';
import { sizeOf } from './extent.js';
import { checkDefault } from './meaning-arguments.js';
import type { Report } from './report.js';
import { COMMON_PARAMETERS, SPECIAL_VARIABLES } from './reserved-names.js';
import { pointerTo } from './source-text.js';
import type {
  DefinitionSource,
  FunctionDefinition,
  OperationDefinition,
  ParameterDefinition,
  TypeExpression,
  ValueSpec,
} from './types.js';

const isReserved = (name: string) => SPECIAL_VARIABLES.has(name.toLowerCase());

export function checkTypes(source: DefinitionSource, report: Report): void {
  for (const [name, spec] of Object.entries(source.types ?? {})) {
    if (Object.hasOwn(BUILT_IN_TYPES, name)) {
      report(pointerTo('types', name), `'${name}' is a built-in type and cannot be defined again`);
    }
    checkSpec(source, spec, pointerTo('types', name), report);
  }
}

export function checkFunctions(source: DefinitionSource, report: Report): void {
  for (const [name, fn] of Object.entries(source.functions)) {
    const place = pointerTo('functions', name);
    checkParameterNames(fn, place, report);
    fn.parameters.forEach((parameter, index) => {
      checkParameter(source, parameter, place + pointerTo('parameters', index), report);
    });
    checkReturns(source, fn, `${place}/returns`, report);
  }
}

export function checkComputed(source: DefinitionSource, report: Report): void {
  for (const [name, computed] of Object.entries(source.computed ?? {})) {
    const place = pointerTo('computed', name);
    const shape = shapeOf(source, { type: computed.type }, `${place}/type`, report);
    if (shape && shape.kind !== 'integer') report(`${place}/type`, 'a computed value must have an integer type');
    if (shape?.kind === 'integer' && BigInt(computed.maximum) > shape.maximum) {
      report(
        `${place}/maximum`,
        `${computed.maximum} does not fit into ${computed.type}, whose greatest value is ${shape.maximum}`,
      );
    }
    if (isReserved(name)) {
      report(place, `'${name}' is a variable with a use of its own in PowerShell; choose another name`);
    }
    const users = Object.values(source.functions).filter((fn) => hasComputed(fn, computed.sum));
    if (users.length === 0)
      report(`${place}/sum`, `no function has all of ${computed.sum.join(', ')} as in parameters`);
    for (const fn of users) {
      if (fn.parameters.some((parameter) => parameter.name.toLowerCase() === name.toLowerCase()))
        report(place, `'${name}' is also the name of a parameter`);
      for (const parameter of fn.parameters.filter((one) => computed.sum.includes(one.name))) {
        const found = quietShape(source, parameter);
        if (found && (found.kind !== 'integer' || found.bits > 32 || found.bits === 0)) {
          report(`${place}/sum`, `'${parameter.name}' is not an integer of at most 32 bits`);
        }
      }
    }
  }
}

/** True when a function has every parameter that a computed value adds up. */
export function hasComputed(fn: FunctionDefinition, sum: readonly string[]): boolean {
  return sum.every((name) =>
    fn.parameters.some((one) => one.name === name && one.direction !== 'out' && one.constant === undefined),
  );
}

function checkParameterNames(fn: Pick<FunctionDefinition, 'parameters'>, place: string, report: Report): void {
  const seen = new Set<string>();
  fn.parameters.forEach((parameter, index) => {
    const at = place + pointerTo('parameters', index, 'name');
    const key = parameter.name.toLowerCase();
    if (seen.has(key)) report(at, `the parameter '${parameter.name}' appears twice (PowerShell ignores case)`);
    seen.add(key);
    if (parameter.direction !== 'out' && parameter.constant === undefined && COMMON_PARAMETERS.has(key)) {
      report(at, `'${parameter.name}' is a common parameter of PowerShell; choose another name`);
    }
    if (parameter.direction !== 'out' && parameter.constant === undefined && isReserved(key)) {
      report(at, `'${parameter.name}' is a variable with a use of its own in PowerShell; choose another name`);
    }
  });
}

/** The memory of one parameter, 16 MiB: it is there for as long as the program runs. */
const MOST_BYTES = 16_777_216;

function checkParameter(source: DefinitionSource, parameter: ParameterDefinition, place: string, report: Report): void {
  const shape = checkSpec(source, parameter, place, report);
  if (!shape) return;
  if (shape.kind === 'string' && parameter.direction !== 'in' && shape.capacity === undefined) {
    report(place, `the ${parameter.direction} string '${parameter.name}' needs a capacity, the size of its buffer`);
  }
  if (sizeOf(shape) > MOST_BYTES) {
    report(`${place}/type`, `'${parameter.name}' takes ${sizeOf(shape)} bytes, and ${MOST_BYTES} is the most`);
  }
  if (shape.kind === 'array' && parameter.direction === 'in' && containsString(shape)) {
    report(`${place}/type`, 'arrays of strings cannot be passed in');
  }
  if (parameter.constant === undefined) return;
  if (parameter.direction === 'out') report(`${place}/constant`, 'an out parameter has no value to be constant');
  checkConstant(shape, parameter.constant, `${place}/constant`, report);
}

function checkConstant(shape: Shape, constant: number | string, place: string, report: Report): void {
  if (shape.kind === 'string') {
    if (typeof constant !== 'string') report(place, 'the constant of a string must be a string');
    return;
  }
  if (shape.kind !== 'integer' && shape.kind !== 'handle' && shape.kind !== 'boolean') {
    report(place, `a ${shape.kind} cannot be constant`);
    return;
  }
  if (!/^-?[0-9]+$/.test(String(constant))) report(place, `'${constant}' is not a whole number`);
  else if (shape.kind === 'integer' && (BigInt(constant) < shape.minimum || BigInt(constant) > shape.maximum)) {
    report(place, `${constant} is outside ${shape.minimum} to ${shape.maximum}`);
  }
}

function checkReturns(source: DefinitionSource, fn: FunctionDefinition, place: string, report: Report): void {
  const shape = shapeOf(source, { type: fn.returns.type }, `${place}/type`, report);
  if (!shape) return;
  if (shape.kind === 'struct' || shape.kind === 'array' || (shape.kind === 'string' && shape.capacity !== undefined)) {
    report(`${place}/type`, 'a return value must be an integer, an enum, a Boolean, a float, a handle or a string');
  }
  const fits = FITTING_RETURN[fn.returns.failure];
  if (!fits(shape)) report(`${place}/failure`, `'${fn.returns.failure}' does not fit a return value of this type`);
  if (fn.mayBlock && fn.returns.failure.startsWith('lastError')) {
    report(
      `${place}/failure`,
      'a function that may block cannot report through GetLastError, which belongs to a thread',
    );
  }
  const name = fn.returns.resultName;
  if (name !== undefined && fn.parameters.some((parameter) => parameter.name.toLowerCase() === name.toLowerCase())) {
    report(`${place}/resultName`, `'${name}' is also the name of a parameter`);
  }
}

const isInteger32 = (shape: Shape) => shape.kind === 'integer' && shape.bits === 32;
const FITTING_RETURN: Readonly<Record<FunctionDefinition['returns']['failure'], (shape: Shape) => boolean>> = {
  none: () => true,
  win32: isInteger32,
  lastErrorIfZero: (shape) => ['integer', 'boolean', 'handle', 'string'].includes(shape.kind),
  lastErrorIfInvalidHandle: (shape) => shape.kind === 'handle',
  hresult: isInteger32,
  ntstatus: isInteger32,
};

/** Checks a value specification: the type resolves, byte order and limits fit it. Returns the shape when there is one. */
function checkSpec(source: DefinitionSource, spec: ValueSpec, place: string, report: Report): Shape | undefined {
  const limited = spec.minimum !== undefined || spec.maximum !== undefined || spec.byteOrder !== undefined;
  const { minimum, maximum, byteOrder, ...bare } = spec;
  const shape = shapeOf(source, bare, `${place}/type`, report);
  if (!shape) return undefined;
  if (typeof spec.type === 'object' && 'struct' in spec.type)
    checkFields(source, spec.type.struct, `${place}/type/struct`, report);
  if (shape.kind !== 'integer') {
    if (limited) report(place, 'only an integer can have minimum, maximum or byteOrder');
    if (typeof spec.type === 'object' && 'enum' in spec.type) checkEnum(spec.type, `${place}/type/enum`, report);
    return shape;
  }
  if (byteOrder === 'network' && (shape.bits === 8 || shape.bits === 0)) {
    report(`${place}/byteOrder`, 'only integers of 16, 32 or 64 bits have a byte order to choose');
  }
  const range = integerRange(shape);
  for (const [key, limit] of Object.entries({ minimum, maximum })) {
    if (limit !== undefined && (BigInt(limit) < range.minimum || BigInt(limit) > range.maximum)) {
      report(
        `${place}/${key}`,
        `${limit} does not fit into the type, which holds ${range.minimum} to ${range.maximum}`,
      );
    }
  }
  if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
    report(place, `the minimum ${minimum} is greater than the maximum ${maximum}`);
  }
  return quietShape(source, spec);
}

function checkEnum(type: Extract<TypeExpression, { enum: unknown }>, place: string, report: Report): void {
  const base = Object.hasOwn(BUILT_IN_TYPES, type.base) ? BUILT_IN_TYPES[type.base] : undefined;
  if (base?.kind !== 'integer') return;
  const range = integerRange(base);
  for (const [name, value] of Object.entries(type.enum)) {
    if (BigInt(value) < range.minimum || BigInt(value) > range.maximum) {
      report(
        place + pointerTo(name),
        `${value} does not fit into ${type.base}, which holds ${range.minimum} to ${range.maximum}`,
      );
    }
  }
}

function checkFields(
  source: DefinitionSource,
  fields: readonly (ValueSpec & { name: string })[],
  place: string,
  report: Report,
): void {
  const seen = new Set<string>();
  fields.forEach((field, index) => {
    if (seen.has(field.name)) report(place + pointerTo(index, 'name'), `the field '${field.name}' appears twice`);
    seen.add(field.name);
    checkSpec(source, field, place + pointerTo(index), report);
  });
}

function shapeOf(source: DefinitionSource, spec: ValueSpec, place: string, report: Report): Shape | undefined {
  try {
    return resolveShape(spec, source.types ?? {});
  } catch (error) {
    if (!(error instanceof TypeResolutionError)) throw error;
    report(place, error.message);
    return undefined;
  }
}

function quietShape(source: DefinitionSource, spec: ValueSpec): Shape | undefined {
  return shapeOf(source, spec, '', () => undefined);
}

function containsString(shape: Shape): boolean {
  if (shape.kind === 'array') return containsString(shape.element);
  if (shape.kind === 'struct') return shape.fields.some((field) => containsString(field.shape));
  return shape.kind === 'string';
}

export function checkOperations(source: DefinitionSource, report: Report): void {
  for (const [name, operation] of Object.entries(source.operations ?? {})) {
    const place = pointerTo('operations', name);
    if (Object.hasOwn(source.functions, name)) report(place, `'${name}' is also the name of a function`);
    checkParameterNames(
      { parameters: operation.parameters.map((one) => ({ ...one, direction: 'in' })) },
      place,
      report,
    );
    operation.parameters.forEach((parameter, index) => {
      checkSpec(source, parameter, place + pointerTo('parameters', index), report);
      checkDefault(source, parameter, place + pointerTo('parameters', index), report);
    });
    checkPipeline(operation, place, report);
  }
}

/** A cmdlet gathers the values of one parameter from the pipeline; others can come with them as properties of the same objects. */
function checkPipeline({ parameters }: OperationDefinition, place: string, report: Report): void {
  const byValue = parameters.findIndex(({ pipeline }) => pipeline === 'value');
  const gathered = byValue < 0 ? parameters.findIndex(({ pipeline }) => pipeline !== undefined) : byValue;
  parameters.forEach(({ pipeline, many }, index) => {
    const at = place + pointerTo('parameters', index, 'pipeline');
    if (index === gathered && !many)
      report(at, "the parameter that the pipeline fills takes many values, so it needs 'many'");
    if (index !== gathered && pipeline === 'value')
      report(at, 'only one parameter of an operation can take values of the pipeline');
  });
}

/** The type of an object's property, for a row's field. */
export function checkPropertyType(source: DefinitionSource, type: TypeExpression, place: string, report: Report): void {
  checkSpec(source, { type }, place, report);
}

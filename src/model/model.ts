/**
 * Creates the model of a definition. Each part is resolved on first use, because a single call needs only one function.
 */
import { libraryOf } from '../definition/library.js';
import { own } from '../definition/own.js';
import { canCompute, hasRows, inputsOf, outputsOf, ROWS, sureParameters } from '../definition/parameters.js';
import type { Definition, ExpandedFunction, ValueSpec } from '../definition/types.js';
import { resolveShape, rowsOf } from '../kinds/index.js';
import { resolveFailure, withRepetition } from './failure.js';
import type { Computed, FunctionModel, OperationModel, Value } from './types.js';

/** Returns the model of a definition. Cached. */
export function modelOf(definition: Definition): Model {
  const known = MODELS.get(definition);
  if (known) return known;
  const model = new Model(definition);
  MODELS.set(definition, model);
  return model;
}

const MODELS = new WeakMap<Definition, Model>();

/** The functions and operations of a definition. Its cmdlets are in `cmdlets.ts`, because calls do not need them. */
export class Model {
  readonly definition: Definition;
  readonly #functions = new Map<string, FunctionModel>();
  readonly #operations = new Map<string, OperationModel>();

  constructor(definition: Definition) {
    this.definition = definition;
  }

  /**
   * Returns the function of a name; undefined if there is none. Throws TypeResolutionError for a type that a check
   * rejects.
   */
  functionNamed(name: string): FunctionModel | undefined {
    return once(this.#functions, name, own(this.definition.functions, name), (fn) =>
      resolveFunction(fn, this.definition),
    );
  }

  /** Returns the operation of a name; undefined if there is none. */
  operationNamed(name: string): OperationModel | undefined {
    return once(this.#operations, name, own(this.definition.operations, name), (operation) =>
      Object.freeze({
        ...operation,
        name,
        parameters: operation.parameters.map((one) => resolveValue(one, this.definition.types)),
        computed: computedOf(this.definition, sureParameters(operation)),
      }),
    );
  }

  get functions(): readonly FunctionModel[] {
    return Object.keys(this.definition.functions).flatMap((name) => this.functionNamed(name) ?? []);
  }

  /** Returns the model of a function object: one of the definition's, or one derived from it. */
  resolve(fn: ExpandedFunction): FunctionModel {
    const known = this.functionNamed(fn.name);
    const isKnown = known === fn || own(this.definition.functions, fn.name) === fn;
    return known && isKnown ? known : resolveFunction(fn, this.definition);
  }
}

/** The parts of a definition that are needed to resolve a function. */
export type Scope = Pick<Definition, 'types'> &
  Partial<Pick<Definition, 'computed' | 'errors' | 'library' | 'libraries'>>;

/** Resolves a single function. Throws TypeResolutionError for a type that a check rejects. */
export function resolveFunction(fn: ExpandedFunction, scope: Scope): FunctionModel {
  const { types, computed = {}, errors = [] } = scope;
  const library = scope.library && libraryOf({ library: scope.library, libraries: scope.libraries }, fn);
  const parameters = fn.parameters.map((one) => resolveValue(one, types));
  const result = resolveShape({ type: fn.returns.type }, types);
  const inputs = inputsOf({ parameters });
  const pointed = outputsOf({ parameters });
  const { resultName } = fn.returns;
  const written: readonly Value[] =
    resultName === undefined ? pointed : [{ name: resultName, shape: result }, ...pointed];
  const repeating = parameters.find(({ repeat }) => repeat !== undefined);
  const repetition = repeating && { start: 0, ...repeating.repeat, name: repeating.name };
  return Object.freeze({
    ...fn,
    parameters,
    inputs,
    outputs: hasRows(parameters) ? [{ name: ROWS, shape: rowsOf(written) }] : written,
    written,
    repetition,
    result,
    failure: withRepetition(resolveFailure(fn, result, { types, library, errors }), repetition),
    computed: computedOf({ computed, types }, inputs),
  });
}

/** The values computed from these inputs. */
export function computedOf(
  { computed, types }: Pick<Definition, 'computed' | 'types'>,
  inputs: readonly { readonly name: string }[],
): Computed[] {
  return Object.entries(computed)
    .filter(([, one]) => canCompute(one, inputs))
    .map(([name, one]): Computed => ({ ...one, name, shape: resolveShape({ type: one.type }, types) }));
}

/** Returns a specification with its shape, and with its description, which may come from a named type. */
function resolveValue<S extends ValueSpec & { readonly name: string }>(spec: S, types: Definition['types']): S & Value {
  const named = typeof spec.type === 'string' ? own(types, spec.type)?.description : undefined;
  const description = spec.description ?? named;
  return { ...spec, ...(description === undefined ? {} : { description }), shape: resolveShape(spec, types) };
}

function once<Source, Made>(
  made: Map<string, Made>,
  name: string,
  source: Source | undefined,
  make: (source: Source) => Made,
): Made | undefined {
  if (source === undefined) return undefined;
  const known = made.get(name);
  if (known) return known;
  const fresh = make(source);
  made.set(name, fresh);
  return fresh;
}

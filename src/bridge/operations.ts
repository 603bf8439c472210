/** Operations: services of the program itself, called like functions. */
import { DlletError, messageOf } from '../definition/errors.js';
import { own } from '../definition/own.js';
import { listed, show } from '../definition/shown.js';
import { decodeValue, kindOf, ValueError } from '../kinds/index.js';
import type { OperationModel } from '../model/types.js';
import type { Method } from './answer.js';
import { ERROR_CODES, type Json, type RpcError } from './messages.js';

/** Validated parameters: those given, enumerations by name, and the defaults of the others. */
export type OperationParameters = Readonly<Record<string, Json>>;

/** Answers operations. Rejects with DlletError. */
export type OperationProvider = Readonly<Record<string, (params: OperationParameters) => Promise<Json>>>;

/** A provider, or a function that loads it when its first operation is called. */
export type OperationSource = OperationProvider | (() => Promise<OperationProvider>);

/** Returns the method of an operation, which answers with the provider's result. */
export function bindOperation(operation: OperationModel, providers: Readonly<Record<string, OperationSource>>): Method {
  const { name } = operation;
  return async (params) => {
    const checked = checkParameters(operation, params);
    if ('error' in checked) return checked;
    try {
      const source = own(providers, operation.provider) ?? {};
      const run = own(typeof source === 'function' ? await source() : source, operation.operation);
      if (!run) throw noProvider(operation);
      return { result: await run(checked.values) };
    } catch (error) {
      return { error: failed(name, error) };
    }
  };
}

function checkParameters(
  { name, parameters }: OperationModel,
  params: Json | undefined,
): { readonly values: OperationParameters } | { readonly error: RpcError } {
  if (params !== undefined && (params === null || typeof params !== 'object' || Array.isArray(params))) {
    return { error: invalid(name, `the parameters must be a JSON object, not ${show(params)}`) };
  }
  const given = (params ?? {}) as { readonly [key: string]: Json };
  const values: Record<string, Json> = {};
  const problems: string[] = [];
  for (const parameter of parameters) {
    if (!Object.hasOwn(given, parameter.name)) {
      if (!parameter.optional) problems.push(`'${parameter.name}' is missing`);
      if (parameter.default !== undefined) values[parameter.name] = parameter.default as Json;
      continue;
    }
    try {
      values[parameter.name] = checkValue(parameter, given[parameter.name] as Json);
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      problems.push(`'${parameter.name}' ${error.message}`);
    }
  }
  const known = parameters.map((parameter) => parameter.name);
  for (const key of Object.keys(given)) {
    if (!known.includes(key)) problems.push(`'${key}' is not a parameter (${known.join(', ') || 'none'})`);
  }
  return problems.length > 0 ? { error: invalid(name, listed(problems, '; ')) } : { values };
}

function checkValue({ shape, many }: OperationModel['parameters'][number], json: Json): Json {
  const check = (value: Json): Json => {
    decodeValue(shape, value);
    return kindOf(shape).normalized?.(shape, value) ?? value;
  };
  if (!many) return check(json);
  if (!Array.isArray(json)) throw new ValueError(`must be an array, not ${show(json)}`);
  return json.map(check);
}

function invalid(name: string, problem: string): RpcError {
  return {
    code: ERROR_CODES.invalidParams,
    message: `${name}: ${problem}`,
    data: {
      id: 'InvalidParameter',
      function: name,
      category: 'InvalidArgument',
      recommendedAction: 'Correct the parameters; nothing was done.',
    },
  };
}

function noProvider({ name, provider, operation }: OperationModel): DlletError {
  return new DlletError({
    id: 'FunctionNotFound',
    category: 'ObjectNotFound',
    message: `${name}: this program has no operation '${operation}' of a provider '${provider}'.`,
    recommendedAction: 'Use a version of dllet that has it, or correct provider and operation in the definition.',
  });
}

function failed(name: string, error: unknown): RpcError {
  if (error instanceof DlletError) {
    const { id, category, recommendedAction, data } = error;
    return {
      code: ERROR_CODES.callFailed,
      message: error.message,
      data: { ...data, id, function: name, category, recommendedAction },
    };
  }
  return {
    code: ERROR_CODES.internalError,
    message: `${name}: internal error: ${messageOf(error)}`,
    data: {
      id: 'BridgeProtocolError',
      function: name,
      category: 'NotSpecified',
      recommendedAction: 'This is a defect of dllet; please report it with the call that led to it.',
    },
  };
}

/** Operations: services of the program itself, called like functions. */
import { DlletError, messageOf } from '../definition/errors.js';
import { own } from '../definition/own.js';
import { listed, show } from '../definition/shown.js';
import { decodeValue, kindOf, limitsOf, ValueError } from '../kinds/index.js';
import type { OperationModel } from '../model/types.js';
import type { Method } from './answer.js';
import { ERROR_CODES, type Json, type RpcError } from './messages.js';
import { violation } from './violation.js';

/** Validated parameters: those given, enumerations by name, and the defaults of the others. */
export type OperationParameters = Readonly<Record<string, Json>>;

/** An answer with notices for the caller, one sentence each. */
export class NoticedAnswer {
  constructor(
    readonly result: Json,
    readonly notices: readonly string[],
  ) {}
}

/** Answers operations. Rejects with DlletError. */
export type OperationProvider = Readonly<
  Record<string, (params: OperationParameters) => Promise<Json | NoticedAnswer>>
>;

/** A provider, or a function that loads it when its first operation is called. */
export type OperationSource = OperationProvider | (() => Promise<OperationProvider>);

/** Returns the method of an operation, which answers with the provider's result. */
export function bindOperation(operation: OperationModel, providers: Readonly<Record<string, OperationSource>>): Method {
  const { name } = operation;
  return async (params) => {
    const checked = checkParameters(operation, params);
    if ('error' in checked) return checked;
    const passed = violation(operation, checked.values);
    if (passed) return { error: passed };
    try {
      const source = own(providers, operation.provider) ?? {};
      const run = own(typeof source === 'function' ? await source() : source, operation.operation);
      if (!run) throw noProvider(operation);
      const answer = await run(checked.values);
      return answer instanceof NoticedAnswer ? { result: answer.result, notices: answer.notices } : { result: answer };
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
    return { error: invalid(name, `${name}: the parameters must be a JSON object, not ${show(params)}`) };
  }
  const given = withWordsInPlace(parameters, (params ?? {}) as Readonly<Record<string, Json>>);
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

/**
 * Moves a word from a parameter that takes ranges of numbers to the parameter that has this word as a value, unless
 * that one is given: `Get-PortUse Tcp` means `Get-PortUse -Protocol Tcp`.
 */
function withWordsInPlace(
  parameters: OperationModel['parameters'],
  given: Readonly<Record<string, Json>>,
): Readonly<Record<string, Json>> {
  const values: Record<string, Json> = { ...given };
  for (const { name } of parameters.filter(({ ranges }) => ranges)) {
    const asked = values[name];
    if (!Array.isArray(asked)) continue;
    for (const other of parameters.filter((one) => one.many && !Object.hasOwn(given, one.name))) {
      const limits = limitsOf(other.shape);
      const words = limits && 'words' in limits ? limits.words.map((word) => word.toLowerCase()) : [];
      const isWord = (one: Json) => typeof one === 'string' && words.includes(one.toLowerCase());
      if (!asked.some(isWord)) continue;
      values[other.name] = asked.filter(isWord);
      const rest = asked.filter((one) => !isWord(one));
      if (rest.length > 0) values[name] = rest;
      else delete values[name];
    }
  }
  return values;
}

function checkValue({ shape, many, ranges }: OperationModel['parameters'][number], json: Json): Json {
  const check = (value: Json): Json => {
    decodeValue(shape, value);
    return kindOf(shape).normalized?.(shape, value) ?? value;
  };
  if (!many) return check(json);
  if (!Array.isArray(json)) throw new ValueError(`must be an array, not ${show(json)}`);
  return (ranges ? numbersIn(json, check) : json).map(check);
}

/** The maximum number of numbers in all ranges of a parameter. */
const MOST_NUMBERS = 1_000_000;

/** Expands `8080-8082` and `8080..8082` to numbers; several ranges in a text are separated by commas. */
function numbersIn(json: readonly Json[], check: (value: Json) => Json): Json[] {
  const numbers: Json[] = [];
  for (const one of json.flatMap((part): readonly Json[] => (typeof part === 'string' ? part.split(',') : [part]))) {
    const [first, last] = typeof one === 'string' ? rangeOf(one, check) : [one, one];
    if (typeof first !== 'number' || typeof last !== 'number') numbers.push(first);
    else if (numbers.length + last - first >= MOST_NUMBERS)
      throw new ValueError(`must not contain more than ${MOST_NUMBERS} numbers`);
    else for (let number = first; number <= last; number += 1) numbers.push(number);
  }
  return numbers;
}

/** Returns the ends of a range, both of them valid numbers. */
function rangeOf(text: string, check: (value: Json) => Json): [first: number, last: number] {
  const match = /^\s*(\d{1,9})\s*(?:(?:-|\.\.)\s*(\d{1,9})\s*)?$/.exec(text);
  if (!match) throw new ValueError(`must be numbers, or ranges such as 8080-8082, not ${show(text)}`);
  const [first, last] = [Number(match[1]), Number(match[2] ?? match[1])];
  if (first > last) throw new ValueError(`must not have a range that ends before it starts, such as ${show(text)}`);
  for (const end of [first, last]) check(end);
  return [first, last];
}

function invalid(name: string, problem: string): RpcError {
  return {
    code: ERROR_CODES.invalidParams,
    message: `${problem}.`,
    data: {
      id: 'InvalidParameter',
      function: name,
      category: 'InvalidArgument',
      recommendedAction: 'Nothing was done. Correct the parameters, and run the command again.',
    },
  };
}

function noProvider({ name, provider, operation }: OperationModel): DlletError {
  return new DlletError({
    id: 'FunctionNotFound',
    category: 'ObjectNotFound',
    message: `${name}: this version of dllet has no operation '${operation}' of the provider '${provider}'.`,
    recommendedAction: 'Use a version that has it, or correct "provider" and "operation" in the definition.',
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
      recommendedAction: 'This is a bug in dllet. Please report it, with the call that caused it.',
    },
  };
}

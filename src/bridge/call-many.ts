/**
 * `dllet.callMany`: calls one function for many rows, given as columns, for pipelines.
 * `{"function":"F","columns":{"A":[1,2],"B":[3,4]}}` is answered by
 * `{"columns":{"C":["5",null]},"errors":[{"index":1,"error":{...}}]}`. Rows are called in order. An error belongs to
 * its row, and the remaining rows are still called. Rows that found nothing are listed in `absent`, which is omitted if
 * there are none.
 */
import { show } from '../definition/shown.js';
import type { Method, MethodAnswer } from './answer.js';
import { ERROR_CODES, type Json, type RpcError } from './messages.js';

export const CALL_MANY = 'dllet.callMany';

/** The part of the bridge that the method needs. */
export interface Functions {
  find(name: string): { readonly method: Method; readonly outputs: readonly string[] } | undefined;
  unknown(name: string): RpcError;
}

export function callManyMethod(functions: Functions): Method {
  return (params) => {
    const request = readRequest(params);
    if ('error' in request) return request;
    const target = functions.find(request.function);
    if (!target) return { error: functions.unknown(request.function) };
    const answers = rowsOf(request.columns, request.count).map(target.method);
    if (answers.some((answer) => answer instanceof Promise)) {
      return Promise.all(answers).then((all) => assemble(target.outputs, all));
    }
    return assemble(target.outputs, answers as MethodAnswer[]);
  };
}

interface ManyRequest {
  readonly function: string;
  readonly columns: Readonly<Record<string, readonly Json[]>>;
  readonly count: number;
}

function readRequest(params: Json | undefined): ManyRequest | { readonly error: RpcError } {
  const { function: name, columns, ...rest } = (params ?? {}) as { readonly [key: string]: Json };
  if (typeof name !== 'string') return invalid(`"function" must be the name of a function, not ${show(name ?? null)}`);
  if (columns === null || typeof columns !== 'object' || Array.isArray(columns)) {
    return invalid(`"columns" must be an object of arrays, not ${show(columns ?? null)}`);
  }
  const unknown = Object.keys(rest)[0];
  if (unknown !== undefined) return invalid(`"${unknown}" is not allowed here, only "function" and "columns"`);
  const entries = Object.entries(columns as { readonly [key: string]: Json });
  const wrong = entries.find(([, values]) => !Array.isArray(values));
  if (wrong) return invalid(`the column ${show(wrong[0])} must be an array, not ${show(wrong[1])}`);
  const arrays = entries as [string, readonly Json[]][];
  const count = arrays[0]?.[1].length ?? 1;
  const uneven = arrays.find(([, values]) => values.length !== count);
  if (uneven)
    return invalid(`the column ${show(uneven[0])} has ${uneven[1].length} values, but the first column has ${count}`);
  return { function: name, columns: Object.fromEntries(arrays), count };
}

function rowsOf(columns: ManyRequest['columns'], count: number): Json[] {
  const names = Object.keys(columns);
  const rows: Json[] = [];
  for (let index = 0; index < count; index += 1) {
    // Use entries: assignment would not create a column named __proto__.
    rows.push(Object.fromEntries(names.map((name) => [name, columns[name]?.[index] as Json])));
  }
  return rows;
}

function assemble(outputs: readonly string[], answers: readonly MethodAnswer[]): MethodAnswer {
  const columns: Record<string, Json[]> = Object.fromEntries(outputs.map((name) => [name, []]));
  const errors: Json[] = [];
  const absent: number[] = [];
  const notices: string[] = [];
  answers.forEach((answer, index) => {
    if (answer.notices) notices.push(...answer.notices);
    if ('error' in answer) errors.push({ index, error: answer.error });
    else if (answer.result === null) absent.push(index);
    const result = 'error' in answer ? undefined : (answer.result as { readonly [name: string]: Json } | null);
    for (const name of outputs) columns[name]?.push(result?.[name] ?? null);
  });
  const gone = absent.length === 0 ? {} : { absent };
  return { result: { columns, errors, ...gone, ...(notices.length === 0 ? {} : { notices }) } };
}

function invalid(problem: string): { readonly error: RpcError } {
  return {
    error: {
      code: ERROR_CODES.invalidParams,
      message: `${CALL_MANY}: ${problem}`,
      data: {
        id: 'InvalidParameter',
        category: 'InvalidArgument',
        recommendedAction: 'Correct the parameters; no function was called.',
      },
    },
  };
}

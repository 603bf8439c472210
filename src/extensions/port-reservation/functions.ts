/** The port reservation functions of a definition, found by what they do: pool and operation, never by name. */
import type { Backend } from '../../definition/execution.js';
import type { Definition, ExpandedFunction } from '../../definition/types.js';

export type Operation = 'create' | 'delete' | 'lookup';

export const OPERATIONS: readonly Operation[] = ['create', 'delete', 'lookup'];

/** A block of ports, host order; any 16-bit values, valid or not. */
export interface Block {
  readonly start: number;
  readonly count: number;
}

/** What a call answered. The token is there after success only: on failure its content is not documented. */
export interface Answer {
  readonly code: number;
  readonly token: bigint | undefined;
}

/** The functions of one pool. */
export interface Pool {
  readonly name: string;
  readonly functions: Readonly<Record<Operation, ExpandedFunction>>;
}

/** Every pool of the definition. Throws when one lacks an operation, so that nothing is left out unnoticed. */
export function poolsOf(definition: Definition): Pool[] {
  const functions = Object.values(definition.functions).filter((fn) => fn.simulation?.model === 'portReservation');
  const names = [...new Set(functions.map((fn) => fn.simulation?.pool ?? ''))];
  return names.map((name) => {
    const find = (operation: Operation): ExpandedFunction => {
      const found = functions.filter((fn) => fn.simulation?.pool === name && fn.simulation.operation === operation);
      if (found.length !== 1 || !found[0])
        throw new Error(`pool ${name} has ${found.length} functions to ${operation}`);
      return found[0];
    };
    return { name, functions: { create: find('create'), delete: find('delete'), lookup: find('lookup') } };
  });
}

/** Calls a function of a pool on a block; `callPool` of one backend, or what stands between. */
export type Caller = (pool: Pool, operation: Operation, block: Block) => Promise<Answer>;

/** Calls a function of a pool on a block. */
export async function callPool(backend: Backend, pool: Pool, operation: Operation, block: Block): Promise<Answer> {
  const args = { StartPort: block.start, NumberOfPorts: block.count };
  const { returnValue, outputs } = await backend.call(pool.functions[operation], args);
  if (typeof returnValue !== 'number') throw new Error(`the return value is ${typeof returnValue}, not a number`);
  if (returnValue !== 0 || operation === 'delete') return { code: returnValue, token: undefined };
  if (typeof outputs.Token !== 'bigint') throw new Error(`the token is ${typeof outputs.Token}, not a bigint`);
  return { code: returnValue, token: outputs.Token };
}

/** The port reservation functions of a definition, named like the exports of Iphlpapi.dll. */
import type { Backend } from '../../definition/execution.js';
import { own } from '../../definition/own.js';
import type { Definition, ExpandedFunction } from '../../definition/types.js';

export type Operation = 'create' | 'delete' | 'lookup';

export const OPERATIONS: readonly Operation[] = ['create', 'delete', 'lookup'];

/** A block of ports, host order; any 16-bit values, valid or not. */
export interface Block {
  readonly start: number;
  readonly count: number;
}

/** The outcome of a call. The token is present only after success: its content is undocumented on failure. */
export interface Answer {
  readonly code: number;
  readonly token: bigint | undefined;
}

/** The functions of one pool. */
export interface Pool {
  readonly name: string;
  readonly functions: Readonly<Record<Operation, ExpandedFunction>>;
}

/** Returns every pool of the definition. Throws if one lacks an operation, so that no pool is skipped silently. */
export function poolsOf(definition: Definition): Pool[] {
  const protocols = new Set(Object.keys(definition.functions).flatMap((name) => EXPORT.exec(name)?.[1] ?? []));
  return [...protocols].map((protocol) => {
    const name = protocol.toLowerCase();
    const find = (operation: Operation): ExpandedFunction => {
      const found = reservationFunction(definition, operation, protocol);
      if (!found) throw new Error(`pool ${name} has no function to ${operation}`);
      return found;
    };
    return { name, functions: { create: find('create'), delete: find('delete'), lookup: find('lookup') } };
  });
}

/** Returns the definition's function for this operation on blocks of a protocol (`Udp`); undefined if it has none. */
export function reservationFunction(
  definition: Definition,
  operation: Operation,
  protocol: string,
): ExpandedFunction | undefined {
  return own(definition.functions, `${VERBS[operation]}Persistent${protocol}PortReservation`);
}

const VERBS: Readonly<Record<Operation, string>> = { create: 'Create', delete: 'Delete', lookup: 'Lookup' };

const EXPORT = /^(?:Create|Delete|Lookup)Persistent([A-Z][A-Za-z]*)PortReservation$/;

/** Calls a function of a pool on a block; `callPool` of a backend, or a wrapper around it. */
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

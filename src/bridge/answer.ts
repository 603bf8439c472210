/** The types of a bridge method and its answer. */
import type { Json, RpcError } from './messages.js';

/** `notices`: additional information for the caller, one sentence each; omitted if there is none. */
export type MethodAnswer = ({ readonly result: Json } | { readonly error: RpcError }) & {
  readonly notices?: readonly string[];
};

/** Answers one call. Never throws for invalid input. */
export type Method = (params: Json | undefined) => MethodAnswer | Promise<MethodAnswer>;

/** Finds the method of another function by its name. */
export type FindMethod = (name: string) => Method | undefined;

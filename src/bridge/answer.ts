/** A method as the bridge calls it, and what it answers. */
import type { Json, RpcError } from './messages.js';

/** `notices`: what a caller should know beside the answer, a sentence each; only where there is something to say. */
export type MethodAnswer = ({ readonly result: Json } | { readonly error: RpcError }) & {
  readonly notices?: readonly string[];
};

/** Answers one call; never throws for anything that a caller can cause. */
export type Method = (params: Json | undefined) => MethodAnswer | Promise<MethodAnswer>;

/** Finds the method of another function, by name. */
export type FindMethod = (name: string) => Method | undefined;

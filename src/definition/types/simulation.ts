/** The replies that simulate functions. */
/**
 * A reply of a simulated function, with values in their JSON form. It has `outputs`, `error` or `absent`: what the call
 * returns, the error with which it fails (its code, symbol or id, or the name of an errno), or that there is nothing.
 */
export interface SimulatedReply {
  /** Values of inputs, by name: the reply is for calls that have them. */
  readonly given?: Readonly<Record<string, unknown>>;
  /** How often a bridge uses it; default: always. */
  readonly times?: number;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly error?: number | string;
  readonly absent?: true;
}

/** Replies by function; the first that fits a call and is not used up answers it. */
export type SimulatedReplies = Readonly<Record<string, readonly SimulatedReply[]>>;

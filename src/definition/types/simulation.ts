/** The replies that simulate functions. */

/** Where inputs are kept for other calls of the same bridge: things of one sort, told apart by the values of some inputs. */
export interface KeptPlace {
  readonly as: string;
  readonly by: readonly string[];
}

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
  /** The inputs of the call are kept there. */
  readonly keeps?: KeptPlace;
  /** The reply is for calls for which something is kept there. */
  readonly finds?: KeptPlace;
  /** The same, and what is kept there is forgotten. */
  readonly forgets?: KeptPlace;
  /** Outputs that are kept inputs, by the name of the output. */
  readonly from?: Readonly<Record<string, string>>;
  readonly error?: number | string;
  readonly absent?: true;
}

/** Replies by function; the first that fits a call and is not used up answers it. */
export type SimulatedReplies = Readonly<Record<string, readonly SimulatedReply[]>>;

/** The replies that simulate functions. */

/**
 * A place where inputs are kept for later calls of the same bridge: one collection, with a key made from some inputs.
 */
export interface KeptPlace {
  readonly as: string;
  readonly by: readonly string[];
}

/**
 * A reply of a simulated function, with values in their JSON form. It has one of `outputs` (what the call returns),
 * `error` (the code, symbol or id of the error, or the name of an errno) and `absent` (there is nothing).
 */
export interface SimulatedReply {
  /** Values of inputs, by name: the reply only applies to calls with these values. */
  readonly given?: Readonly<Record<string, unknown>>;
  /** How many times a bridge uses it; default: always. */
  readonly times?: number;
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** Keeps the inputs of the call at this place. */
  readonly keeps?: KeptPlace;
  /** The reply only applies if something is kept at this place. */
  readonly finds?: KeptPlace;
  /** Like `finds`, and removes what is kept there. */
  readonly forgets?: KeptPlace;
  /** Outputs whose values are kept inputs, by the name of the output. */
  readonly from?: Readonly<Record<string, string>>;
  readonly error?: number | string;
  readonly absent?: true;
}

/** Replies by function. The first reply that applies and is not used up answers a call. */
export type SimulatedReplies = Readonly<Record<string, readonly SimulatedReply[]>>;

/** What the state file needs to know about the state that it stores. */

/** Serialization of the state. */
export interface StateFormat<State> {
  /** The state of a fresh computer. */
  readonly empty: State;
  /** Equal states have equal texts. */
  serialize(state: State): string;
  /** Parses a text; for an invalid one, returns the first mistake. */
  parse(text: string): ParsedState<State>;
}

export type ParsedState<State> =
  | { readonly kind: 'valid'; readonly state: State }
  | { readonly kind: 'damaged'; readonly reason: string };

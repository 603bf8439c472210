/** What the state file has to know of the state that it keeps. */

/** How the state is a text. */
export interface StateFormat<State> {
  /** The state of a fresh computer. */
  readonly empty: State;
  /** Equal states have equal texts. */
  serialize(state: State): string;
  /** A text that is not exactly a state gives the first thing that is wrong with it. */
  parse(text: string): ParsedState<State>;
}

export type ParsedState<State> =
  | { readonly kind: 'valid'; readonly state: State }
  | { readonly kind: 'damaged'; readonly reason: string };

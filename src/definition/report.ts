/** How a check of a definition says what is wrong. */

export interface Finding {
  readonly pointer: string;
  readonly message: string;
}

/** Reports one mistake. */
export type Report = (pointer: string, message: string) => void;

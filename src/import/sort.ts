/** The sort of a type, as far as parameters depend on it. */
export type Sort =
  | 'void'
  | 'number'
  /** A number of eight bits. A pointer to it usually points to memory. */
  | 'byte'
  | 'character'
  /** A pointer to a text. */
  | 'text'
  | 'handle'
  | 'struct'
  /** A struct that contains its size: a socket address. */
  | 'sized'
  /** A pointer to a security identifier. */
  | 'sid'
  /** A struct without known fields. */
  | 'opaque'
  | 'pointer'
  | 'callback'
  | 'interface';

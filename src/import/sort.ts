/** What a type is, as far as a parameter of it depends on that. */
export type Sort =
  | 'void'
  | 'number'
  /** A number of eight bits, a pointer to which is memory as a rule. */
  | 'byte'
  | 'character'
  /** A pointer to a text. */
  | 'text'
  | 'handle'
  | 'struct'
  /** A struct whose content tells its size: a socket address. */
  | 'sized'
  /** A pointer to a security identifier. */
  | 'sid'
  /** A struct whose fields are not told. */
  | 'opaque'
  | 'pointer'
  | 'callback'
  | 'interface';

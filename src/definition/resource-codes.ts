/** The exit codes of every DSC resource, whatever its definition. DSC shows only the text of a code. */
export const RESOURCE_EXIT = {
  done: 0,
  defect: 1,
  usage: 2,
  notJson: 3,
  invalid: 4,
  unreachable: 7,
  failed: 8,
  notListed: 9,
} as const;

export const RESOURCE_EXIT_TEXTS: Readonly<Record<number, string>> = {
  [RESOURCE_EXIT.done]: 'Success',
  [RESOURCE_EXIT.defect]: 'Unexpected failure; the error trace has the details',
  [RESOURCE_EXIT.usage]: 'Wrong arguments: the manifest does not match the program; generate it again',
  [RESOURCE_EXIT.notJson]: 'The input is missing, or is not one JSON object in UTF-8',
  [RESOURCE_EXIT.invalid]: 'The input does not describe an instance; the error trace names the property',
  [RESOURCE_EXIT.unreachable]: 'This system or its library does not support the resource',
  [RESOURCE_EXIT.failed]: 'The system refused for another reason; the error trace has its code and text',
  [RESOURCE_EXIT.notListed]: 'The existing instances could not be listed, so nothing was exported or removed',
};

/** Codes that a definition cannot redefine. */
export const RESERVED_EXIT_CODES: ReadonlySet<number> = new Set(Object.values(RESOURCE_EXIT));

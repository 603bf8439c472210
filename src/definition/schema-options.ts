/** Ajv options for the definition's schema: report all errors, with the data of each. */
export const SCHEMA_OPTIONS = {
  allErrors: true,
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
  verbose: true,
} as const;

/** Ajv options for the definition's schema: all errors, with the data at fault. */
export const SCHEMA_OPTIONS = {
  allErrors: true,
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
  verbose: true,
} as const;

/** Functions whose cmdlets have names that their own words do not give. */
export const KNOWN: Readonly<Record<string, string>> = {};

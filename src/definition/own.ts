/**
 * An entry of a record by a name that may be any: `constructor` and `toString` are names that a definition can have, and
 * members of every JavaScript object. Undefined where the record has no entry of its own.
 */
export function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

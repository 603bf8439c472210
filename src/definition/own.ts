/**
 * Returns an own entry of a record, for arbitrary names: a definition can use `constructor` and `toString`, which every
 * JavaScript object inherits. Undefined if the record has no such entry.
 */
export function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

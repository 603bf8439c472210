/** Helpers for tests of a JSON schema. */

/** Returns every field and every named part of the schema, with its description. */
export function describedPlaces(node: unknown, place = ''): { place: string; schema: Record<string, unknown> }[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => {
    // Conditions repeat fields that are described at their definition.
    if (key === 'if' || key === 'then' || key === 'else') return [];
    if (key !== 'properties' && key !== '$defs') return describedPlaces(value, `${place}/${key}`);
    const parts = Object.entries(value as Record<string, Record<string, unknown>>);
    return parts.flatMap(([name, schema]) => {
      const at = `${place}/${key}/${name}`;
      return [{ place: at, schema }, ...describedPlaces(schema, at)];
    });
  });
}

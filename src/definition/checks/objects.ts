/** Checks of the objects that cmdlets return. */
import { INTRINSIC_MEMBERS } from '../reserved-names.js';
import { pointerTo } from '../source-text.js';
import type { DefinitionSource } from '../types.js';
import { type Report, reportRepeated } from './report.js';
import { checkSpec } from './types.js';

export function checkObjects(source: DefinitionSource, report: Report): void {
  for (const [name, object] of Object.entries(source.objects ?? {})) {
    object.properties.forEach((property, index) => {
      if (property.type !== undefined)
        checkSpec(source, { type: property.type }, pointerTo('objects', name, 'properties', index), report);
      if (!INTRINSIC_MEMBERS.has(property.name.toLowerCase())) return;
      const place = pointerTo('objects', name, 'properties', index, 'name');
      report(place, `'${property.name}' is a member of every PowerShell object; choose another name`);
    });
    reportRepeated(
      object.properties.map((property, index) => ({
        full: property.name,
        place: pointerTo('objects', name, 'properties', index),
      })),
      report,
    );
  }
}

/** The check of the extension that a definition names. */
import { EXTENSIONS, extensionOf } from '../../extensions/registry.js';
import type { DefinitionSource } from '../types.js';
import type { Report } from './report.js';

export function checkExtension(source: DefinitionSource, report: Report): void {
  if (source.extension === undefined || extensionOf(source)) return;
  const names = EXTENSIONS.map(({ program }) => `'${program.name}'`).join(', ');
  report('/extension', `there is no extension '${source.extension}'; there is ${names}`);
}

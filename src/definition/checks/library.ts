/** Checks of the library: its file names must be such that each system takes them for what they are. */
import { isDeviceName } from '../reserved-names.js';
import { pointerTo } from '../source-text.js';
import type { DefinitionSource } from '../types.js';
import type { Report } from './report.js';

export function checkLibrary({ library }: DefinitionSource, report: Report): void {
  const { fileName, files = {} } = library;
  const windows = { ...(fileName === undefined ? {} : { '/library/fileName': fileName }) };
  if (files.win32 !== undefined) Object.assign(windows, { '/library/files/win32': files.win32 });
  for (const [place, name] of Object.entries(windows)) {
    if (isDeviceName(name))
      report(place, `'${name}' is a device of Windows, so no file can have the name; choose another one`);
    // LoadLibrary adds .dll to a name without an extension.
    if (!/\.[A-Za-z]+$/.test(name)) report(place, `'${name}' has no extension, such as .dll`);
  }
  for (const [system, name] of Object.entries(files)) {
    if (/^\.+$/.test(name)) report(`/library${pointerTo('files', system)}`, `'${name}' is a directory`);
  }
}

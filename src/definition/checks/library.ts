/** Checks of the library: every system must interpret its file names in the same way. */
import { isDeviceName } from '../reserved-names.js';
import { pointerTo } from '../source-text.js';
import type { DefinitionSource, LibraryDefinition } from '../types.js';
import type { Report } from './report.js';

export function checkLibrary({ library, libraries = {}, functions }: DefinitionSource, report: Report): void {
  checkFiles(library, '/library', report);
  for (const [name, one] of Object.entries(libraries)) checkFiles(one, pointerTo('libraries', name), report);
  for (const [name, fn] of Object.entries(functions)) {
    if (fn.library !== undefined && !Object.hasOwn(libraries, fn.library))
      report(pointerTo('functions', name, 'library'), `there is no library '${fn.library}' in libraries`);
  }
}

function checkFiles({ fileName, files = {} }: LibraryDefinition, place: string, report: Report): void {
  if (fileName !== undefined) checkWindowsName(fileName, `${place}/fileName`, report);
  if (files.win32 !== undefined) checkWindowsName(files.win32, `${place}/files/win32`, report);
  for (const [system, name] of Object.entries(files)) {
    if (/^\.+$/.test(name)) report(`${place}/files/${system}`, `'${name}' is a directory`);
  }
}

function checkWindowsName(name: string, place: string, report: Report): void {
  if (isDeviceName(name))
    report(place, `'${name}' is a device name of Windows, so a file cannot have it; choose another name`);
  // LoadLibrary adds .dll to a name without an extension.
  if (!/\.[A-Za-z]+$/.test(name)) report(place, `'${name}' has no extension, such as .dll`);
}

/** The extensions that there are. A new one is a folder beside this file and a line here. */
import type { Extension } from './extension.js';
import { portReservation } from './port-reservation/index.js';

export const EXTENSIONS: readonly Extension[] = [portReservation];

/** The extension that a definition names; undefined where it names none, or one that is not there. */
export function extensionOf({ extension }: { readonly extension?: string | undefined }): Extension | undefined {
  return EXTENSIONS.find(({ program }) => program.name === extension);
}

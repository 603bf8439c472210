/** The registered extensions. To add one, add a directory beside this file and a line here. */
import type { Extension } from './extension.js';
import { portReservation } from './port-reservation/index.js';

export const EXTENSIONS: readonly Extension[] = [portReservation];

/** Returns the extension that a definition names; undefined if it names none, or one that does not exist. */
export function extensionOf({ extension }: { readonly extension?: string | undefined }): Extension | undefined {
  return EXTENSIONS.find(({ program }) => program.name === extension);
}

/** Tables of mistakes: edits that make the sample definition wrong, and every mistake that `validate` must find. */
import { expect, it } from 'vitest';
import { validateDefinitionText } from '../../../src/definition/validate.js';
import { type Edits, editedSample, lineIn, toText } from '../../support/definitions.js';

/** The mistakes have a JSON pointer and a message. */
export type Row = readonly [
  name: string,
  edits: Edits,
  mistakes: readonly (readonly [pointer: string, message: RegExp])[],
];

/** Returns a function that registers a test for each row. Its edits are applied on top of those of `base`. */
export function checkOver(base: Edits = {}): (rows: readonly Row[]) => void {
  return (rows) => {
    it.each(rows)('%s', (_name, edits, wanted) => {
      const document = editedSample(structuredClone({ ...base, ...edits }));
      const { mistakes } = validateDefinitionText(toText(document));
      expect(mistakes).toEqual(
        wanted.map(([pointer, message]) => ({
          pointer,
          line: lineIn(document, pointer),
          message: expect.stringMatching(message),
        })),
      );
    });
  };
}

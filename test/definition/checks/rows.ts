/** Tables of mistakes: edits that make the sample definition wrong, and every mistake that `validate` must find. */
import { expect } from 'vitest';
import { validateDefinitionText } from '../../../src/definition/validate.js';
import { type Edits, editedSample, lineIn, toText } from '../../support/definitions.js';

/** A mistake: its JSON pointer and its message. */
type Mistake = readonly [pointer: string, message: RegExp];

export type Row = readonly [name: string, edits: Edits, mistakes: readonly Mistake[]];

/** Expects exactly these mistakes, each with its line, of the sample with these edits. */
export function expectMistakes(edits: Edits, wanted: readonly Mistake[]): void {
  const document = editedSample(structuredClone(edits));
  const { mistakes } = validateDefinitionText(toText(document));
  expect(mistakes).toEqual(
    wanted.map(([pointer, message]) => ({
      pointer,
      line: lineIn(document, pointer),
      message: expect.stringMatching(message),
    })),
  );
}

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  DefinitionError,
  definitionFile,
  formatMistake,
  loadDefinition,
  readDefinition,
} from '../../src/definition/load.js';
import { editedSample, toText } from '../support/definitions.js';
import { temporaryDirectory } from '../support/directories.js';

describe('where a definition is', () => {
  it('a built-in has a name', async () => {
    expect(path.basename(definitionFile('PersistentPortReservation'))).toBe(
      'PersistentPortReservation.definition.json',
    );
    expect((await loadDefinition('PersistentPortReservation')).name).toBe('PersistentPortReservation');
  });

  it.each(['Nothing', './PersistentPortReservation', '../x.json', 'C:/x.json'])('%s is a path', (name) => {
    expect(definitionFile(name)).toBe(path.resolve(name));
  });

  it('says what to give when there is none', async () => {
    const failed = readDefinition('no/such.json');
    await expect(failed).rejects.toThrow(DefinitionError);
    await expect(failed).rejects.toThrow(/cannot read the definition 'no\/such\.json'.*\n.*PersistentPortReservation/s);
  });
});

describe('a definition with mistakes', () => {
  it('is refused, with all of them', async () => {
    const file = path.join(temporaryDirectory(), 'x.json');
    writeFileSync(file, toText(editedSample({ '/colour': 1, '/cmdlets/2/function': 'Missing' })));
    const error = await loadDefinition(file).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DefinitionError);
    const { mistakes, message } = error as DefinitionError;
    expect(mistakes).toHaveLength(2);
    expect(message.split('\n')).toEqual([
      'the definition has 2 mistakes:',
      `  ${file}:1: 'colour' is not known here (at the top)`,
      expect.stringMatching(/x\.json:\d+: there is no function 'Missing'; there is .* \(at \/cmdlets\/2\/function\)$/),
    ]);
  });

  it('is written as editors follow it', () => {
    expect(formatMistake('a.json', { pointer: '/x', line: 3, message: 'no' })).toBe('a.json:3: no (at /x)');
  });
});

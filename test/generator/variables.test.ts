import { expect, it } from 'vitest';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { generateModule } from '../../src/generator/generate.js';
import { type Edits, editedSample, sampleDefinition, toText } from '../support/definitions.js';
import { splitCode } from '../support/powershell-code.js';

/** Variables that the bodies of emitted cmdlets set beside those that are named after parameters and computed values. */
function ownVariables(): string[] {
  const script = generateModule(sampleDefinition()).get('Sample.psm1') ?? '';
  const { code } = splitCode(script.slice(script.indexOf('function Get-RedItem')));
  const names = [...code.matchAll(/\$([A-Za-z_][A-Za-z0-9_]*) *[+-]?=/g)].map((match) => match[1] as string);
  const ofDefinition = ['First', 'Length', 'Last', 'Wide', 'Value'];
  return [...new Set(names)].filter((name) => !ofDefinition.includes(name));
}

const mistakesOf = (edits: Edits) => validateDefinitionText(toText(editedSample(edits))).mistakes;

it.each(ownVariables())(
  'nothing in a definition can have the name of the variable $%s, which a cmdlet uses itself',
  (name) => {
    const parameters = [{ name, type: 'BYTE', direction: 'in' }];
    const computed = { ...editedSample().computed?.Last };
    const pointers = [
      ...mistakesOf({ '/functions/Ping/parameters': parameters }),
      ...mistakesOf({ [`/computed/${name}`]: computed }),
    ].map(({ pointer }) => pointer);
    expect(pointers).toContain('/functions/Ping/parameters/0/name');
    expect(pointers.some((pointer) => pointer.startsWith('/computed'))).toBe(true);
  },
);

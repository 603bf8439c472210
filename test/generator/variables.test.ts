import { expect, it } from 'vitest';
import { expandDefinition } from '../../src/definition/expand.js';
import { generateModule } from '../../src/generator/generate.js';
import { editedSample } from '../support/definitions.js';

const OWN = /begin \{ \$(\w+) = /;

it.each(['call', 'Call', 'CALL', 'x'])(
  'a parameter may be called %s: the body of its cmdlet uses another variable',
  (name) => {
    const edits = { '/functions/Write{Kind}/parameters/0/name': name, '/cmdlets/3': WRITE };
    const script = generateModule(expandDefinition(editedSample(edits))).get('Sample.psm1') ?? '';
    const cmdlet = script.slice(script.indexOf('function Set-RedItem')).split('\n}\n')[0] ?? '';
    expect(cmdlet).toContain(`$${name}`);
    expect(OWN.exec(cmdlet)?.[1]?.toLowerCase()).not.toBe(name.toLowerCase());
  },
);

const WRITE = {
  name: 'Set-{Kind}Item',
  function: 'Write{Kind}',
  synopsis: 'Writes.',
  description: 'Writes.',
  output: { kind: 'none' },
  shouldProcess: { impact: 'Medium', action: 'Write', target: 'It', query: 'Write it?' },
  examples: [{ code: 'Set-RedItem', description: 'Writes.' }],
};

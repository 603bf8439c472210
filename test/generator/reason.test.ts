import { expect, it } from 'vitest';
import { expandDefinition } from '../../src/definition/expand.js';
import { generateModule } from '../../src/generator/generate.js';
import { type Edits, editedSample } from '../support/definitions.js';

/** The sample with a cmdlet over a function that changes something. */
const WRITE: Edits = {
  '/cmdlets/3': {
    name: 'Set-{Kind}Item',
    function: 'Write{Kind}',
    synopsis: 'Writes.',
    description: 'Writes.',
    output: { kind: 'none' },
    shouldProcess: { impact: 'Medium', action: 'Write', target: 'It', query: 'Write it?' },
    examples: [{ code: 'Set-RedItem', description: 'Writes.' }],
  },
};

function scriptOf(edits: Edits, file = 'Sample.psm1'): string {
  return generateModule(expandDefinition(editedSample(edits))).get(file) ?? '';
}

/** The text of one cmdlet. */
const cmdletOf = (script: string, name: string) =>
  script.slice(script.indexOf(`function ${name} {`)).split('\n}\n')[0] ?? '';

const factsOf = (edits: Edits, name: string) => JSON.parse(scriptOf(edits, 'facts.json')).cmdlets[name];

it.each(['Sample.psm1', 'Sample.Constrained.ps1'])('%s: what changes something takes a reason', (file) => {
  const script = scriptOf(WRITE, file);
  expect(cmdletOf(script, 'Set-RedItem')).toContain('[ValidateLength(0, 1024)]\n        [string] $Reason');
  expect(cmdletOf(script, 'Get-RedItem')).not.toMatch(/Reason/);
  expect(factsOf(WRITE, 'Set-RedItem')).toMatchObject({ changes: true, reason: true });
});

it('a function whose own parameter has the name keeps it, and sends the reason of the options', () => {
  const edits = { ...WRITE, '/functions/Write{Kind}/parameters/0/name': 'reason' };
  const cmdlet = cmdletOf(scriptOf(edits), 'Set-RedItem');
  expect(cmdlet.match(/\$reason\b/gi)).toHaveLength(1);
  expect(cmdlet).not.toContain('ValidateLength');
  const facts = factsOf(edits, 'Set-RedItem');
  expect(facts).toMatchObject({ changes: true, inputs: [{ name: 'reason' }] });
  expect(facts).not.toHaveProperty('reason');
});

it('a module that changes nothing has none of it', () => {
  const edits = { '/functions/Write{Kind}/changesState': false };
  expect(scriptOf(edits)).not.toMatch(/Reason/);
  expect(scriptOf(edits, 'facts.json')).not.toMatch(/"reason"|"changes"/);
});

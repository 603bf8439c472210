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

it.each(['Sample.psm1', 'Sample.Constrained.ps1'])('%s: what changes something takes a reason and sends it', (file) => {
  const script = scriptOf(WRITE, file);
  const cmdlet = cmdletOf(script, 'Set-RedItem');
  expect(cmdlet).toContain('[ValidateLength(0, 1024)]\n        [string] $Reason');
  expect(cmdlet).toContain('"dllet.reason":');
  expect(cmdlet).toContain('(script:ConvertTo-ReasonJson $Reason)');
  expect(cmdletOf(script, 'Get-RedItem')).not.toMatch(/Reason/);
});

it('a function whose own parameter has the name keeps it, and sends the reason of the options', () => {
  const cmdlet = cmdletOf(scriptOf({ ...WRITE, '/functions/Write{Kind}/parameters/0/name': 'reason' }), 'Set-RedItem');
  expect(cmdlet.match(/\$reason\b/g)?.length).toBeGreaterThan(1);
  expect(cmdlet).not.toContain('ValidateLength');
  expect(cmdlet).toContain("(script:ConvertTo-ReasonJson '')");
});

it('a function without parameters sends the reason alone', () => {
  const cmdlet = cmdletOf(scriptOf({ ...WRITE, '/functions/Write{Kind}/parameters': [] }), 'Set-RedItem');
  expect(cmdlet).toContain(`('"dllet.reason":' + (script:ConvertTo-ReasonJson $Reason))`);
});

it('a module that changes nothing has none of it', () => {
  expect(scriptOf({ '/functions/Write{Kind}/changesState': false })).not.toMatch(/ReasonJson|AuditNotice/);
});

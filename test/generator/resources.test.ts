/** The generated files for DSC resources of any definition: keys, outputs, classes, and hostile texts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateModule } from '../../src/generator/generate.js';
import { editedSample, sampleDefinition } from '../support/definitions.js';
import { hostileLine, hostileText } from '../support/hostile-texts.js';
import { splitCode } from '../support/powershell-code.js';

const lookup = editedSample().functions['Read{Kind}'];
const typeOf = (type: string) => ({
  '/functions/Read{Kind}/parameters': [
    { name: 'Where', type: { string: 'utf16' }, direction: 'in' },
    { name: 'Wide', type: 'ULONG64', direction: 'in' },
    { name: 'Value', type, direction: 'out' },
  ],
});
const resource = (texts: { line: string; text: string } = { line: 'An item.', text: 'A class.' }) => ({
  '/dsc': {
    Item: {
      type: 'sample/Item',
      version: '2.0.4',
      description: texts.line,
      tags: [],
      item: texts.line,
      functions: { lookup: 'Read{Kind}', create: 'Read{Kind}', delete: 'Read{Kind}' },
      absentOn: ['TwoFailed'],
      exitCodes: [{ code: 20, errors: ['SevenFailed'], description: texts.line }],
      class: { module: 'SampleDsc', guid: '0f4c7d0e-6b0e-4b44-9b7a-0c0f3c5f9a12', description: texts.text },
    },
  },
});
const rendered = (edits = {}) => Object.fromEntries(generateModule(sampleDefinition(edits)));
const CLASS = 'Dsc/SampleDsc/SampleDsc.psm1';

describe('the class of another definition', () => {
  it('has its own keys and outputs; what may be missing can be null; there is no Export without candidates', () => {
    const text = rendered({ ...typeOf('LONG'), ...resource() })[CLASS] ?? '';
    const properties = [...text.matchAll(/\[DscProperty\((\w*)\)\]\n(?: {4}\[Validate.*\n)? {4}\[(.+)\] (\$\w+)/g)];
    expect(properties.map(([, kind, type, name]) => `${name} ${type} ${kind}`)).toEqual([
      '$Code string ',
      '$Phrase string ',
      '$Kind string Key',
      '$Where string Key',
      '$Wide uint64 Key',
      '$Ensure SampleDscEnsure ',
      '$Value Nullable[int] NotConfigurable',
      '$Reasons SampleDscReason[] NotConfigurable',
    ]);
    expect(text).toContain('wide = [string]$this.Wide');
    expect(text).not.toContain('Export');
  });

  it('and its manifests follow its types', () => {
    const files = rendered({ ...typeOf('BOOL'), ...resource() });
    const manifest = JSON.parse(files['Item.dsc.resource.json'] ?? '{}');
    expect(Object.keys(manifest.schema.embedded.properties)).toEqual([
      ...['kind', 'where', 'wide', 'value', '_exist', '_inDesiredState', '_metadata'],
    ]);
    expect(manifest.schema.embedded.properties).toMatchObject({
      kind: { enum: ['Red', 'Blue'] },
      wide: { type: 'string' },
      value: { type: 'boolean', readOnly: true },
    });
    expect(manifest.export).toBeUndefined();
    expect(manifest.exitCodes['20']).toBe('An item.');
    const [richer] = JSON.parse(files['Sample.dsc.manifests.json'] ?? '{}').resources;
    expect(richer.version).toBe('2.0.5');
  });

  it('is not there where the definition has no resource', () => {
    expect(lookup).toBeDefined();
    expect(Object.keys(rendered()).filter((file) => /dsc/i.test(file))).toEqual([]);
  });
});

it('hostile texts change no code of the class and its manifest, and arrive whole in JSON', () => {
  const harmless = rendered(resource());
  fc.assert(
    fc.property(hostileLine, hostileText, hostileText, (line, text, description) => {
      const files = rendered({ ...resource({ line, text }), '/types/Amount/description': description });
      for (const file of [CLASS, 'Dsc/SampleDsc/SampleDsc.psd1']) {
        const [wanted, found] = [harmless[file], files[file]].map((one) => splitCode(one?.replace('\ufeff', '') ?? ''));
        // A comment may have more lines than another; between them there is nothing.
        const code = (part: { code: string } | undefined) => part?.code.replace(/\n\s*(?=\n)/g, '');
        expect(code(found)).toBe(code(wanted));
      }
      const json = files['Item.dsc.resource.json'] ?? '';
      expect(json).toMatch(/^[\n -~]*$/);
      expect(JSON.parse(json).description.startsWith(line)).toBe(true);
    }),
    { numRuns: 50 },
  );
});

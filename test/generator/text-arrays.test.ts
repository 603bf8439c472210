/** What cmdlets say of parameters that are several texts, or rows. */
import { expect, it } from 'vitest';
import { expandDefinition } from '../../src/definition/expand.js';
import { canonicalDefinition } from '../../src/definition/written/canonical.js';
import { generateModule } from '../../src/generator/generate.js';

const SOURCE = {
  name: 'Several',
  library: 'several.dll',
  functions: [
    'int f([in] PCZZWSTR list, [in, count(n)] LPCWSTR *texts, [in, count(m)] int rows[][3], int n, int m, [in] PCUNICODE_STRING one);',
    '[multi, fails(never)] LPCWSTR g(void);',
  ],
  cmdlets: { 'Get-Several': 'f', 'Get-SeveralText': 'g' },
};
const module = generateModule(expandDefinition(canonicalDefinition(SOURCE).value));
const script = module.get('Several.psm1') ?? '';
const facts = JSON.parse(module.get('facts.json') ?? '').cmdlets;

/** The attributes and the type of a parameter. */
const declared = (name: string) => (script.split(`$${name}`)[0] ?? '').split(/\$\w+,/).at(-1) ?? '';

it('they can be empty, and texts of an array as well', () => {
  expect(declared('list')).toMatch(/\[AllowEmptyCollection\(\)\]\s+\[string\[\]\] $/);
  expect(declared('texts')).toMatch(/\[AllowEmptyString\(\)\]\s+\[AllowEmptyCollection\(\)\]\s+\[string\[\]\] $/);
  expect(declared('rows')).toMatch(/\[AllowEmptyCollection\(\)\]\s+\[int\[\]\[\]\] $/);
  expect(declared('one')).toMatch(/\[AllowEmptyString\(\)\]\s+\[string\] $/);
  expect(script).not.toMatch(/\$[nm],/);
});

it('a list that is returned is an array, of which the cmdlet gives each text', () => {
  const { outputs, output } = facts['Get-SeveralText'];
  expect(outputs).toEqual([{ name: 'Value', type: { array: 'string' } }]);
  expect(output).toEqual({ kind: 'value', from: 'Value' });
});

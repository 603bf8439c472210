/** A cmdlet whose kind of output only this test knows, in a real PowerShell: generated, imported and called. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { expandDefinition } from '../../src/definition/expand.js';
import { registerOutput } from '../../src/outputs/registry.js';
import { toPlain } from '../../src/powershell/result.js';
import { useModule } from '../support/powershell-module.js';
import { sourceOf, systemLibrary } from '../support/simple-module.js';
import { TALLY } from '../support/tally-output.js';

// The files of a worker share their modules: what is registered here is for this file alone.
afterAll(() => void vi.resetModules());

const bench = useModule();

beforeAll(async () => {
  registerOutput(TALLY);
  const source = sourceOf({
    name: 'Tallies',
    functions: [{ name: 'abs', cmdlet: 'Get-Total', parameters: { Number: 'LONG' }, returns: 'LONG' }],
  });
  const cmdlets = source.cmdlets.map((cmdlet) => ({ ...cmdlet, output: { kind: 'tally', of: 'Value' } as const }));
  const manifest = await bench.addModule(expandDefinition({ ...source, cmdlets }));
  await bench.run(bench.importLine({ NodePath: bench.node, LibraryPath: systemLibrary('libc.so.6') }, manifest));
});

test('returns what the kind says', async () => {
  const { output, errors } = await bench.run('-5, 7 | Get-Total');
  expect(errors).toEqual([]);
  expect(output.map(toPlain)).toEqual([{ Total: '5' }, { Total: '7' }]);
});

test('has its type and its help', async () => {
  const { output } = await bench.run(
    '(Get-Command Get-Total).OutputType.Name; (Get-Help Get-Total).returnValues.returnValue.type.name; (Get-Total 1).PSObject.TypeNames[0]',
  );
  expect(output.map(toPlain)).toEqual(['Tests.Tally', 'Tests.Tally', 'Tests.Tally']);
});

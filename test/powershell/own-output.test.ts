/** Cmdlets in a real PowerShell whose kinds of output need only facts: one that only this test knows, and a record. */
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
  const cmdlets = source.cmdlets.flatMap((cmdlet) => [
    { ...cmdlet, output: { kind: 'tally', of: 'Value' } as const },
    { ...cmdlet, name: 'Get-Magnitude', output: { kind: 'record', rename: { Number: 'Given' } } as const },
  ]);
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

test('a record has what was given beside what came back, and Tab completes both', async () => {
  const { output, errors } = await bench.run(
    "-5, 7 | Get-Magnitude; (TabExpansion2 '(Get-Magnitude 1).' 18).CompletionMatches.CompletionText[0..1] -join ' '",
  );
  expect(errors).toEqual([]);
  expect(output.map(toPlain)).toEqual([{ Given: '-5', Value: '5' }, { Given: '7', Value: '7' }, 'Given Value']);
});

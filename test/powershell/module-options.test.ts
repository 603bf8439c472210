/** -ArgumentList of Import-Module: every mistake is reported at once, at the import. */

import { describe, expect, test } from 'vitest';
import { ownFunctions } from '../../src/generator/own-functions.js';
import { MODULE, type ModuleOptions, quoted, SHELL_FUNCTIONS, useModule } from '../support/powershell-module.js';

const bench = useModule();

const INVALID_ID = /^InvalidParameter,/;
const INVALID = { fullyQualifiedErrorId: expect.stringMatching(INVALID_ID), category: 'InvalidArgument' };

const WRONG: [ModuleOptions, string[]][] = [
  [{ Bakend: 'Simulated' }, ["'Bakend'", 'Backend, LibraryPath']],
  [{ Backend: 'Simulation' }, ['Backend', "'Simulation'"]],
  [{ Backend: '' }, ['Backend', "''"]],
  [{ LibraryPath: 'lib.so' }, ['LibraryPath', "'lib.so'"]],
  [{ LibraryPath: './lib.so' }, ['LibraryPath', "'./lib.so'"]],
  [{ NodePath: 'node' }, ['NodePath', "'node'"]],
  [{ Backend: 'Simulated', StatePath: 'state.json' }, ['StatePath', "'state.json'"]],
  [{ Backend: 'Simulated', LibraryPath: '/lib.so' }, ['LibraryPath', 'Simulated']],
  [{ StatePath: '/state.json' }, ['StatePath', 'Simulated']],
  [{ SimulateUnelevated: true }, ['SimulateUnelevated', 'Simulated']],
  [{ TimeoutSeconds: 0 }, ['TimeoutSeconds', "'0'"]],
  [{ TimeoutSeconds: 86401 }, ['TimeoutSeconds', "'86401'"]],
  [{ TimeoutSeconds: 'soon' }, ['TimeoutSeconds', "'soon'"]],
  [{ TimeoutSeconds: 1.5 }, ['TimeoutSeconds', "'1.5'"]],
  [{ Backend: 'Simulated', SimulateUnelevated: 'false' }, ['SimulateUnelevated', "'false'"]],
];

test.each(WRONG)('%o: the import fails', async (options, texts) => {
  await bench.run(`Remove-Module ${MODULE} -ErrorAction Ignore`);
  const { errors, warnings } = await bench.tryImport(options);
  expect(warnings).toEqual([]);
  expect(errors).toMatchObject([{ ...INVALID, recommendedAction: expect.stringMatching(/^[A-Z]/), terminating: true }]);
  for (const text of texts) expect(`${errors[0]?.message} ${errors[0]?.recommendedAction}`).toContain(text);
  expect(await bench.output(`$null -eq (Get-Module ${MODULE})`)).toEqual(['True']);
});

test('every mistake of an import is one error, also where nothing else is', async () => {
  const { errors } = await bench.run(`Import-Module ${quoted(bench.manifest)} -Force -ArgumentList 'Simulated'`);
  expect(errors).toMatchObject([{ ...INVALID, message: expect.stringContaining("'Simulated'") }]);
});

test('a mistake can be caught, and what follows in the try does not run', async () => {
  const line = bench.importLine({ Backend: 'Simulation' });
  expect(await bench.output(`try { ${line}; 'went on' } catch { $_.FullyQualifiedErrorId; $_.TargetObject }`)).toEqual([
    expect.stringMatching(INVALID_ID),
    'Simulation',
  ]);
});

test('a mistake leaves no command to call where errors are silent', async () => {
  const silent = "$ErrorActionPreference = 'SilentlyContinue'";
  const line = bench.importLine({ Backend: 'Simulation' });
  const commands = `@(Get-Command -Module ${MODULE}).Count`;
  // In a try, as in these sessions, no error is passed over.
  const output = await bench.output(`${SHELL_FUNCTIONS}
    $shell = New-Shell
    $shell.AddScript(${quoted(`${silent}; ${line}; Test-PersistentUdpPortReservation 1 1; ${commands}; 'the next'`)}).Invoke()
    foreach ($one in $shell.Streams.Error) { $one.FullyQualifiedErrorId }
    Remove-Shell $shell`);
  expect(output).toEqual(['0', 'the next']);
});

describe('an import', () => {
  test.each([
    ['without arguments', {}],
    ['with keys and values in another case', { backend: 'simulated', STATEPATH: '/nowhere/state.json' }],
    ['with a timeout as text', { TimeoutSeconds: '5' }],
  ] as [string, ModuleOptions][])('%s is silent', async (_name, options) => {
    expect(await bench.tryImport(options)).toMatchObject({ errors: [], warnings: [], output: [], hostText: '' });
  });

  test('of the folder works as well as of the manifest', async () => {
    const folder = bench.manifest.replace(/[\\/][^\\/]+$/, '');
    expect(
      await bench.output(`Import-Module ${quoted(folder)} -Force; (Get-Module ${MODULE}).Version.ToString()`),
    ).toEqual([bench.definition.version]);
  });

  test('adds the cmdlets and nothing else to the session', async () => {
    await bench.run(`Remove-Module ${MODULE} -ErrorAction Ignore`);
    const variables =
      "$ExecutionContext.SessionState.InvokeProvider.ChildItem.GetNames('Variable:', 'ReturnMatchingContainers', $false).Count";
    const before = await bench.output(variables);
    await bench.import();
    expect(await bench.output(variables)).toEqual(before);
    const [commands] = await bench.output(`(Get-Command -Module ${MODULE}).Name -join ' '`);
    const wanted = [...bench.definition.cmdlets.map((one) => one.name), ...ownFunctions(bench.definition)];
    expect(String(commands).split(' ').sort()).toEqual(wanted.sort());
  });
});

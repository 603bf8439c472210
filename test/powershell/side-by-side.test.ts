/** Modules of one release and of two in one session, and in many runspaces at once. */
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openConstrained, runConstrained } from '../support/constrained.js';
import { buildRelease, makeOther } from '../support/other-module.js';
import { quoted, SHELL_FUNCTIONS, useModule } from '../support/powershell-module.js';

const RELEASE = '0.0.7';
const bench = useModule();
let lines = '';

beforeAll(async () => {
  const library = await bench.importStandIn('library', { state: 'udp 5000 20 77\n' });
  const older = buildRelease(bench.directory, RELEASE);
  const manifests = [
    bench.manifest,
    await makeOther(path.join(bench.directory, 'second folder'), 'SecondModule'),
    await makeOther(path.join(bench.directory, 'third folder'), 'OlderModule', older),
  ];
  const options = `@{ NodePath = ${quoted(bench.node)}; LibraryPath = ${quoted(library)} }`;
  lines = manifests.map((manifest) => `Import-Module ${quoted(manifest)} -Force -ArgumentList ${options}`).join('\n');
});

const CALLS = `
  (Get-PersistentUdpPortReservationToken 5000 20).Token
  (Get-SecondModuleToken 5000 20).Token
  (Get-OlderModuleToken 5000 20).Token`;
/** The release of the client that a module has, by its session. */
const clientOf = (module: string) => `(& (Get-Module ${module}) { $script:Module }).GetType().Assembly.GetName().Name`;

describe('two modules of one release and one of another, in one session', () => {
  test('answer, each through the client of its release', async () => {
    expect(await bench.output(`${lines}; ${CALLS}`)).toEqual(['77', '77', '77']);
    const own = (await bench.output(clientOf('PersistentPortReservation')))[0];
    expect(own).toMatch(/^Dllet\.Client\.\d/);
    expect(await bench.output(clientOf('SecondModule'))).toEqual([own]);
    expect(await bench.output(clientOf('OlderModule'))).toEqual([`Dllet.Client.${RELEASE}`]);
  });

  test('load the assembly of their extension when it is first needed, the one of their release', async () => {
    const loaded = `@([AppDomain]::CurrentDomain.GetAssemblies().GetName().Name -like 'Dllet.PortReservation.*' | Sort-Object)`;
    expect(await bench.output(loaded)).toEqual([]);
    const commands = ['New-SecondModuleSocket', 'New-ReservedUdpSocket', 'New-OlderModuleSocket'];
    const script = commands
      .map((one) => `try { (${one} 5000 20 -ErrorAction Stop).Dispose() } catch { $_.TargetObject.StartPort }`)
      .join('; ');
    expect(await bench.output(script)).toEqual(
      process.platform === 'win32' ? expect.anything() : ['5000', '5000', '5000'],
    );
    expect(await bench.output(loaded)).toEqual([
      `Dllet.PortReservation.${RELEASE}`,
      expect.stringMatching(/^Dllet\.PortReservation\.\d/),
    ]);
  });

  test('call each other in one pipeline', async () => {
    expect(
      await bench.output(`
        $blocks = 1..200 | ForEach-Object { [pscustomobject]@{ StartPort = 5000; NumberOfPorts = 20 } }
        @($blocks | Get-SecondModuleToken | Get-OlderModuleToken | Get-PersistentUdpPortReservationToken | Where-Object Token -EQ 77).Count`),
    ).toEqual(['200']);
  });

  test('end and begin without the others', async () => {
    expect(await bench.output('Remove-Module SecondModule; (Get-OlderModuleToken 5000 20).Token')).toEqual(['77']);
    expect(await bench.output(`${lines}; Remove-Module OlderModule; (Get-SecondModuleToken 5000 20).Token`)).toEqual([
      '77',
    ]);
    expect(await bench.output(`${lines}; ${CALLS}`)).toEqual(['77', '77', '77']);
  });

  test('in constrained language', async () => {
    await openConstrained(bench);
    const { output, errors } = await runConstrained(
      bench,
      `${lines}; ${CALLS}; $ExecutionContext.SessionState.LanguageMode`,
    );
    expect({ output: output.map((one) => one.value), errors }).toMatchObject({
      output: ['77', '77', '77', expect.anything()],
      errors: [],
    });
  });
});

describe('in runspaces at once', () => {
  test.each([1, 2, 3, 4])('five of them, every second in constrained language, for the %ith time', async () => {
    const work = `${lines}; foreach ($n in 1..5) { ${CALLS} }`;
    const output = await bench.output(`${SHELL_FUNCTIONS}
      $shells = foreach ($index in 1..5) {
        $state = [initialsessionstate]::CreateDefault2()
        if ($index % 2) { $state.LanguageMode = 'ConstrainedLanguage' }
        $shell = [powershell]::Create()
        $shell.Runspace = [runspacefactory]::CreateRunspace($state)
        $shell.Runspace.Open()
        $null = $shell.AddScript(${quoted(work)})
        @{ Shell = $shell; Under = $shell.BeginInvoke() }
      }
      foreach ($one in $shells) {
        @($one.Shell.EndInvoke($one.Under)) -join ' '
        foreach ($problem in $one.Shell.Streams.Error) { 'error: ' + $problem }
        Remove-Shell $one.Shell
      }`);
    expect(output).toEqual(Array.from({ length: 5 }, () => Array.from({ length: 15 }, () => '77').join(' ')));
  });

  test('of ForEach-Object -Parallel', async () => {
    const output = await bench.output(`
      1..4 | ForEach-Object -ThrottleLimit 4 -Parallel { ${lines}; @(${CALLS.trim().replaceAll('\n', ';')}) -join ' ' }`);
    expect(output).toEqual(Array.from({ length: 4 }, () => '77 77 77'));
  });
});

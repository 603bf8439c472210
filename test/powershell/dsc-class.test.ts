/** The PSDSC class in the engine: Get, Test, Set, Export and Reasons, over the module's own bridge. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { copyStandIn } from '../standin/build.js';
import { MODULE, type ModuleOptions, quoted, useModule } from '../support/powershell-module.js';

const CLASS_MODULE = `${MODULE}Dsc`;
const WARNING = 'This session uses the simulated backend: nothing is reserved on this computer.';
const bench = useModule();

const classManifest = () => path.join(bench.directory, MODULE, 'Dsc', CLASS_MODULE, `${CLASS_MODULE}.psd1`);
const stateFile = () => path.join(bench.directory, 'state.json');

/** The module anew, the class module after it, and `New-Block` for an instance. */
async function open(options: ModuleOptions): Promise<void> {
  const { errors } = await bench.run(`
    Get-Module ${CLASS_MODULE} | Remove-Module
    Get-Module ${MODULE} | Remove-Module
    ${bench.importLine({ NodePath: bench.node, ...options })}
    Import-Module ${quoted(classManifest())}
    function global:New-Block {
      param([hashtable] $With = @{})
      $block = & (Get-Module ${CLASS_MODULE}) { [PersistentPortReservation]::new() }
      $block.Protocol = 'Udp'; $block.StartPort = 5000; $block.NumberOfPorts = 20
      foreach ($name in $With.Keys) { $block.$name = $With[$name] }
      $block
    }`);
  expect(errors).toEqual([]);
}

const blocks = () =>
  existsSync(stateFile())
    ? (JSON.parse(readFileSync(stateFile(), 'utf8')).reservations as { pool: string; startPort: number }[])
    : [];

const MISSING = 'The persistent reservation of exactly the 20 UDP ports 5000-5019 should exist, but does not.';
const UNWANTED = 'The persistent reservation of exactly the 20 UDP ports 5000-5019 should not exist, but does.';
const CODE = `${MODULE}:${MODULE}`;

describe('on the simulated backend', () => {
  beforeEach(async () => {
    rmSync(stateFile(), { force: true });
    await open({ Backend: 'Simulated', StatePath: stateFile() });
    // The first call says once that it is simulated.
    expect(await bench.run('$null = (New-Block).Test()')).toMatchObject({ errors: [], warnings: [WARNING] });
  });

  test('brings a block in and out of existence; Set twice is Set once; Test and Get change nothing', async () => {
    expect(await bench.output('(New-Block).Test()')).toEqual(['False']);
    expect(await bench.output('(New-Block).Get() | Out-Null')).toEqual([]);
    expect(existsSync(stateFile())).toBe(false);
    expect(await bench.output('(New-Block).Set(); (New-Block).Test()')).toEqual(['True']);
    const bytes = readFileSync(stateFile(), 'utf8');
    expect(blocks()).toMatchObject([{ pool: 'udp', startPort: 5000, numberOfPorts: 20 }]);
    expect(
      await bench.output('(New-Block).Set(); (New-Block).Set(); $null = (New-Block).Get(); (New-Block).Test()'),
    ).toEqual(['True']);
    expect(readFileSync(stateFile(), 'utf8')).toBe(bytes);
    const absent = "(New-Block @{ Ensure = 'Absent' })";
    expect(await bench.output(`${absent}.Test(); ${absent}.Set(); ${absent}.Set(); ${absent}.Test()`)).toEqual([
      'False',
      'True',
    ]);
    expect(blocks()).toEqual([]);
  });

  test('Get returns a new object with Ensure, the token as text, and Reasons in the form of machine configuration', async () => {
    const facts = `$wanted = New-Block; $found = $wanted.Get()
      [object]::ReferenceEquals($wanted, $found); [string]$found.Ensure; [string]$wanted.Ensure; $null -eq $found.Token
      $found.Protocol; $found.StartPort; $found.NumberOfPorts
      $found.Reasons.Count; foreach ($reason in $found.Reasons) { $reason.Code; $reason.Phrase }`;
    const keys = ['Udp', '5000', '20'];
    expect(await bench.output(facts)).toEqual([
      'False',
      'Absent',
      'Present',
      'True',
      ...keys,
      '1',
      `${CODE}:Missing`,
      MISSING,
    ]);
    await bench.output('(New-Block).Set()');
    expect(await bench.output(facts)).toEqual(['False', 'Present', 'Present', 'False', ...keys, '0']);
    expect(await bench.output('(New-Block).Get().Token.GetType().Name; (New-Block).Get().Token')).toEqual([
      'String',
      JSON.parse(readFileSync(stateFile(), 'utf8')).reservations[0].token,
    ]);
    expect(
      await bench.output(
        "$found = (New-Block @{ Ensure = 'Absent' }).Get(); [string]$found.Ensure; $found.Reasons[0].Code; $found.Reasons[0].Phrase",
      ),
    ).toEqual(['Present', `${CODE}:Unwanted`, UNWANTED]);
  });

  test('the protocol may be written in any case', async () => {
    expect(
      await bench.output("(New-Block @{ Protocol = 'TCP' }).Set(); (New-Block @{ Protocol = 'tcp' }).Get().Protocol"),
    ).toEqual(['Tcp']);
  });

  test('Export returns every reservation that can be confirmed', async () => {
    await bench.output('(New-Block).Set(); (New-Block @{ StartPort = 7000; Protocol = "Tcp" }).Set()');
    expect(
      await bench.output(
        `& (Get-Module ${CLASS_MODULE}) { [PersistentPortReservation]::Export() } | ForEach-Object { $_.Protocol + ' ' + $_.StartPort + ' ' + $_.Ensure }`,
      ),
    ).toEqual(['Tcp 7000 Present', 'Udp 5000 Present']);
  });

  test.each([
    ['an overlap', '(New-Block @{ StartPort = 5010 }).Set()', 'PortRangeInUse', /5010-5029 cannot be reserved/],
    [
      'a missing key',
      `(& (Get-Module ${CLASS_MODULE}) { [PersistentPortReservation]::new() }).Test()`,
      'InvalidParameter',
      /'protocol' must be/,
    ],
    ['a block past the end', '(New-Block @{ StartPort = 65535 }).Get()', 'InvalidParameter', /would end at 65554/],
  ])('%s throws the error with its id, and says what is wrong', async (_name, script, id, message) => {
    await bench.output('(New-Block).Set()');
    const error = await bench.failure(script);
    expect(error.fullyQualifiedErrorId.split(',')[0]).toBe(id);
    expect(error.message).toMatch(message);
    expect(blocks()).toHaveLength(1);
  });

  test.each(['Udp2', ''])('a protocol %j is refused when it is assigned', async (protocol) => {
    const { errors } = await bench.run(`$null = New-Block @{ Protocol = ${quoted(protocol)} }`);
    expect(errors).toHaveLength(1);
  });

  test('says what it did as verbose text', async () => {
    const { verbose } = await bench.run("$VerbosePreference = 'Continue'; (New-Block).Set()");
    await bench.run("$VerbosePreference = 'SilentlyContinue'");
    expect(verbose.join()).toContain('Created the persistent reservation of exactly the 20 UDP ports 5000-5019.');
  });
});

test('without elevation, a change is AccessDenied and a look is not', async () => {
  rmSync(stateFile(), { force: true });
  await open({ Backend: 'Simulated', StatePath: stateFile(), SimulateUnelevated: true });
  expect((await bench.run('(New-Block).Test()')).errors).toEqual([]);
  const error = await bench.failure('(New-Block).Set()');
  expect(error.fullyQualifiedErrorId).toMatch(/^AccessDenied/);
});

test('through a native library: created, found, deleted', async () => {
  const library = copyStandIn(path.join(bench.directory, 'class-stand-in'));
  await open({ LibraryPath: library });
  expect(
    await bench.output('(New-Block).Test(); (New-Block).Set(); (New-Block).Test(); [string](New-Block).Get().Ensure'),
  ).toEqual(['False', 'True', 'Present']);
  const absent = "(New-Block @{ Ensure = 'Absent' })";
  expect(await bench.output(`${absent}.Set(); ${absent}.Test(); ${absent}.Set()`)).toEqual(['True']);
});

describe('the class module', () => {
  test('exports the resource and no command; the text of its file is all that DSC needs to know it', async () => {
    expect(
      await bench.output(`$module = Get-Module ${CLASS_MODULE}; $module.ExportedDscResources; $module.ExportedCommands.Count
        (Get-Module -ListAvailable ${quoted(classManifest())}).ExportedDscResources`),
    ).toEqual([MODULE, '0', MODULE]);
    const facts = await bench.output(`
      $errors_found = $null; $tokens = $null
      $ast = [System.Management.Automation.Language.Parser]::ParseFile(${quoted(classManifest().replace('.psd1', '.psm1'))}, [ref]$tokens, [ref]$errors_found)
      $errors_found.Count
      $types = $ast.FindAll({ param($node) $node -is [System.Management.Automation.Language.TypeDefinitionAst] }, $false)
      foreach ($type in $types) {
        if ($type.Attributes | Where-Object { $_.TypeName.Name -eq 'DscResource' }) {
          $type.Name
          foreach ($member in $type.Members) {
            if ($member -is [System.Management.Automation.Language.PropertyMemberAst]) {
              $kind = @($member.Attributes | Where-Object { $_.TypeName.Name -eq 'DscProperty' })[0]
              $member.Name + ' ' + $member.PropertyType.TypeName.FullName + ' ' + (@($kind.NamedArguments | ForEach-Object { $_.ArgumentName }) -join '')
            }
          }
        }
      }`);
    expect(facts).toEqual([
      '0',
      MODULE,
      'Protocol string Key',
      'StartPort uint16 Key',
      'NumberOfPorts uint16 Key',
      `Ensure ${CLASS_MODULE}Ensure `,
      'Token string NotConfigurable',
      `Reasons ${CLASS_MODULE}Reason[] NotConfigurable`,
    ]);
  });

  test('is found by name beside the module, brings the module in, and is known after using module', async () => {
    const folder = path.join(bench.directory, 'module path');
    const script = bench.script(
      'class.ps1',
      `using module ${CLASS_MODULE}\n[PersistentPortReservation]::new().GetType().Name\n(Get-Module ${MODULE}).Version.ToString()`,
      '/bin/false',
    );
    await bench.output(`
      foreach ($name in ${quoted(MODULE)}, ${quoted(`${MODULE}/Dsc/${CLASS_MODULE}`)}) {
        $source = [System.IO.Path]::Combine(${quoted(bench.directory)}, $name)
        $target = [System.IO.Path]::Combine(${quoted(folder)}, [System.IO.Path]::GetFileName($name))
        $null = [System.IO.Directory]::CreateDirectory($target)
        foreach ($file in [System.IO.Directory]::GetFiles($source)) { [System.IO.File]::Copy($file, [System.IO.Path]::Combine($target, [System.IO.Path]::GetFileName($file)), $true) }
      }`);
    expect(
      await bench.output(`
        $kept = $env:PSModulePath
        $env:PSModulePath = ${quoted(folder)} + [System.IO.Path]::PathSeparator + $kept
        $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
        try { $shell.AddScript([System.IO.File]::ReadAllText(${quoted(script)})).Invoke(); $shell.Streams.Error | ForEach-Object { [string]$_ } }
        finally { $shell.Dispose(); $env:PSModulePath = $kept }`),
    ).toEqual([MODULE, bench.definition.version]);
  });

  test('is no part of the module: importing that defines no type', async () => {
    const text = readFileSync(bench.manifest.replace('.psd1', '.psm1'), 'utf8');
    expect(text).not.toMatch(/^\s*(class|enum)\s/m);
    expect(readFileSync(bench.manifest, 'utf8')).not.toMatch(/NestedModules|ScriptsToProcess/);
  });
});

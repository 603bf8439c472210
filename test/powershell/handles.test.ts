/** Handles in PowerShell: objects that are released once, however a script ends. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { toPlain } from '../../src/powershell/result.js';
import { compileLibrary } from '../standin/build.js';
import { openConstrained, runConstrained } from '../support/constrained.js';
import { codeBlocks } from '../support/markdown.js';
import { quoted, useModule } from '../support/powershell-module.js';
import { countsIn, THINGS, THINGS_C } from '../support/things.js';

const bench = useModule();
let importLine = '';
let logs = 0;

beforeAll(async () => {
  const file = path.join(bench.directory, 'Things.json');
  writeFileSync(file, JSON.stringify(THINGS));
  const manifest = await bench.addModule(await loadDefinition(file));
  const built = path.join(bench.directory, 'built');
  mkdirSync(built);
  copyFileSync(compileLibrary(built, 'things', THINGS_C), path.join(path.dirname(manifest), 'things.so'));
  importLine = bench.importLine({ NodePath: bench.node }, manifest);
});

const once = (...numbers: number[]) =>
  Object.fromEntries(numbers.map((number) => [String(number), { open: 1, close: 1 }]));

describe.skipIf(process.platform !== 'linux').each(['full', 'constrained'])('in %s language', (language) => {
  const run = (script: string) => (language === 'full' ? bench.run(script) : runConstrained(bench, script));
  const textOf = async (script: string) => {
    const { output, errors } = await run(script);
    expect(errors.map(({ message }) => message)).toEqual([]);
    return output.map((one) => String(toPlain(one)));
  };

  /** Runs a script with `$log`, removes the module, and returns how often each handle was opened and closed. */
  async function counted(script: string, errors: RegExp[] = []) {
    logs += 1;
    const log = path.join(bench.directory, `log${logs}.txt`);
    const result = await run(`$log = ${quoted(log)}\n${script}`);
    expect(result.errors.map(({ message }) => message)).toEqual(errors.map((one) => expect.stringMatching(one)));
    await run('Remove-Module Things');
    await run(importLine);
    return countsIn(log);
  }

  beforeAll(async () => {
    if (language === 'constrained') await openConstrained(bench);
    expect(await run(importLine)).toMatchObject({ output: [], errors: [], warnings: [] });
  });

  test.each<[string, string, number[]]>([
    ['closed by its cmdlet', '$t = Open-Thing $log 2; Close-Thing $t', [2]],
    ['closed from the pipeline', '1..3 | ForEach-Object { Open-Thing $log $_ } | Close-Thing', [1, 2, 3]],
    ['left to the end of the module', '$t = Open-Thing $log 4; $null = Get-ThingNumber $t', [4]],
    ['used in a pipeline', '$null = Open-Thing $log 6 | Get-ThingNumber', [6]],
    [
      'passed on in a pipeline',
      'Open-Thing $log 8 | Get-ThingNumber -PassThru | Edit-Thing -PassThru | Edit-Thing',
      [8],
    ],
    [
      'returned twice',
      '$t = Open-Thing $log 16; $null = Get-Thing $t; $null = Get-ThingNumber $t; $t | Edit-Thing',
      [16],
    ],
    [
      'the property of a record',
      '$t = Open-Thing $log 2; $r = 1 | Select-Object @{ Name = "thing"; Expression = { $t } }; $null = $r | Get-ThingNumber; Close-Thing -InputObject $r',
      [2],
    ],
    [
      'kept from a pipeline that was left',
      '$t = Open-Thing $log 2 | Select-Object -First 1; $null = $t | Get-ThingNumber; $null = $t | Get-ThingNumber; Close-Thing $t',
      [2],
    ],
    [
      'used in a pipeline within its own',
      'Open-Thing $log 12 | ForEach-Object { $null = $_ | Get-ThingNumber; $null = $_ | Get-ThingNumber; Close-Thing $_ }',
      [12],
    ],
    ['in a field of an object', '$p = Get-ThingPair $log 10; Edit-Thing $p.first; Close-Thing $p.first', [10]],
    [
      'used by ten calls',
      '$t = Open-Thing $log 2; 1..10 | ForEach-Object { $null = Get-ThingNumber $t }; $t | Close-Thing',
      [2],
    ],
  ])('a handle is released once: %s', async (_name, script, numbers) => {
    expect(await counted(script)).toEqual(once(...numbers));
  });

  test('it is released at the end of its pipeline, and not later', async () => {
    const log = path.join(bench.directory, `log${language}-pipe.txt`);
    await textOf(`Open-Thing ${quoted(log)} 12 | Edit-Thing; $null = Get-ThingNumber (Open-Thing ${quoted(log)} 14)`);
    expect(countsIn(log)[12]).toEqual({ open: 1, close: 1 });
  });

  test('an error in the pipeline ends nothing but its record', async () => {
    const script = '1..4 | ForEach-Object { Open-Thing $log $_ } | Get-ThingNumber';
    expect(await counted(script, [/code 7/, /code 7/])).toEqual(once(1, 2, 3, 4));
  });

  test('a terminating error leaves no handle open', async () => {
    const script = "try { Open-Thing $log 3 | ForEach-Object { throw 'no' } } catch { }";
    expect(await counted(script)).toEqual(once(3));
  });

  test('one that was closed, one of a former bridge, and a number are errors', async () => {
    const script = '$t = Open-Thing $log 2; Close-Thing $t; Edit-Thing $t; Close-Thing $t; Edit-Thing 5';
    const released = /is the handle "ThingClose:\d+", which is already released/;
    expect(
      await counted(script, [released, released, /must be ROOT, or a handle that ThingClose releases, not 5/]),
    ).toEqual(once(2));
    const { errors } = await run('Edit-Thing $t');
    expect(errors.map(({ message }) => message)).toEqual([expect.stringMatching(/belongs to a bridge that has ended/)]);
  });

  test.runIf(language === 'full')('those of a pipeline that is left are all released', async () => {
    const numbers = Array.from({ length: 40 }, (_, index) => 2 * (index + 1));
    const script = `$null = 1..2000 | ForEach-Object { [pscustomobject]@{ log = $log; number = 2 * $_ } } | Open-Thing | Select-Object -First 40
      1..4 | ForEach-Object { [gc]::Collect(); [gc]::WaitForPendingFinalizers(); $null = Test-ThingRoot }`;
    expect(await counted(script)).toEqual(once(...numbers));
  });

  test.runIf(language === 'full')('what cannot be a handle is the error of its record', async () => {
    const throws = "([pscustomobject]@{} | Add-Member ScriptProperty x { throw 'no' } -PassThru)";
    const log = path.join(bench.directory, `log${language}-apart.txt`);
    const { output, errors } = await run(
      `$t = Open-Thing ${quoted(log)} 2; $t, [DBNull]::Value, ${throws}, $t | Get-ThingNumber`,
    );
    expect(output.map(toPlain).map(String)).toEqual(['2', '2']);
    expect(errors.map((error) => error.fullyQualifiedErrorId)).toEqual(
      Array.from({ length: 2 }, () => 'InvalidParameter,Get-ThingNumber'),
    );
  });

  test('it says which function releases it, and whether that was called', async () => {
    const log = path.join(bench.directory, `log${language}-show.txt`);
    const script = `$t = Open-Thing ${quoted(log)} 2; $t.ReleasedBy; $t.IsReleased; Close-Thing $t; $t.IsReleased`;
    expect(await textOf(script)).toEqual(['ThingClose', 'False', 'True']);
    expect(await textOf("Test-ThingRoot 'ROOT'; Test-ThingRoot -Root ROOT; Test-ThingRoot")).toEqual(['1', '1', '1']);
  });
});

test.runIf(process.platform === 'linux')('the script of the page about definitions runs', async () => {
  const blocks = codeBlocks('docs/writing-definitions.md');
  const definition = blocks.find(({ language, text }) => language === 'json' && text.includes('"Files"'))?.text ?? '';
  const script = blocks.find(({ language }) => language === 'powershell')?.text ?? '';
  const file = path.join(bench.directory, 'Files.json');
  writeFileSync(file, definition);
  const manifest = await bench.addModule(await loadDefinition(file));
  const target = path.join(bench.directory, 'hello.txt');
  const line = bench.importLine({ NodePath: bench.node }, manifest);
  expect(await bench.output(`${line}; ${script.replace('/tmp/hello.txt', quoted(target))}`)).toEqual(['2']);
  expect(readFileSync(target, 'utf8')).toBe('Hi');
});

describe.runIf(process.platform === 'linux')('a handle of a session', () => {
  const logOf = (name: string) => path.join(bench.directory, `log-${name}.txt`);

  test('is released by Dispose, and by nothing after it', async () => {
    const log = logOf('dispose');
    await bench.output(`${importLine}; $t = Open-Thing ${quoted(log)} 2; $t.Dispose(); $t.Dispose(); $t.IsReleased`);
    expect(countsIn(log)).toEqual(once(2));
    await bench.output('Remove-Module Things');
    expect(countsIn(log)).toEqual(once(2));
  });

  test('is released when its program ends: by Remove-Module, or killed', async () => {
    const log = logOf('ends');
    const open = `${importLine}; $t = Open-Thing ${quoted(log)} 2; $t.IsReleased`;
    const kill =
      'Get-Process node | Where-Object { $_.Parent.Id -eq $PID } | Stop-Process -Force; Start-Sleep -Milliseconds 300';
    for (const end of ['Remove-Module Things', kill])
      expect(await bench.output(`${open}; ${end}; $t.IsReleased; $t.Dispose(); $t.IsReleased`)).toEqual([
        'False',
        'True',
        'True',
      ]);
  });

  test('that nobody refers to is released with the next call', async () => {
    const log = logOf('forgotten');
    await bench.output(`${importLine}
      & { $null = 1..20 | ForEach-Object { Open-Thing ${quoted(log)} $_ } }
      1..3 | ForEach-Object { [gc]::Collect(); [gc]::WaitForPendingFinalizers() }
      $null = Get-ThingNumber (Open-Thing ${quoted(log)} 30)`);
    const counts = countsIn(log);
    expect(Object.values(counts).filter(({ close }) => close === 1).length).toBeGreaterThan(15);
    await bench.output('Remove-Module Things');
    expect(countsIn(log)).toEqual(once(...Array.from({ length: 20 }, (_, index) => index + 1), 30));
  });

  test('is released once when the pipeline is stopped', async () => {
    const log = logOf('stopped');
    await bench.output(`
      $inner = [powershell]::Create()
      $null = $inner.AddScript(${quoted(`${importLine}; Open-Thing ${quoted(log)} 5 | ForEach-Object { Edit-Thing $_; Start-Sleep 60 }`)})
      $started = $inner.BeginInvoke()
      for ($i = 0; $i -lt 200 -and -not ((Test-Path ${quoted(log)}) -and (Get-Content ${quoted(log)}) -contains 'touch 5'); $i++) { Start-Sleep -Milliseconds 50 }
      $inner.Stop(); $inner.Dispose()`);
    await expect.poll(() => countsIn(log), { timeout: 10_000 }).toEqual(once(5));
  });

  test('whose release hangs at the end of its pipeline: a stop ends the wait', async () => {
    const log = logOf('hangs');
    const hung = `${log}.hung`;
    const [hasHung, milliseconds] = await bench.output(`
      $inner = [powershell]::Create()
      $null = $inner.AddScript(${quoted(`${importLine}
        Open-Thing ${quoted(log)} 5 | & {
          process { $_ }
          end { Get-Process node | Where-Object { $_.Parent.Id -eq $PID } | ForEach-Object { /bin/kill -STOP $_.Id }; Set-Content ${quoted(hung)} 1 }
        } | Edit-Thing`)})
      $started = $inner.BeginInvoke()
      for ($i = 0; $i -lt 200 -and -not (Test-Path ${quoted(hung)}); $i++) { Start-Sleep -Milliseconds 50 }
      Start-Sleep -Milliseconds 500
      $started.IsCompleted -eq $false
      $clock = [System.Diagnostics.Stopwatch]::StartNew()
      $inner.Stop()
      $clock.ElapsedMilliseconds
      $inner.Dispose()`);
    expect(hasHung).toBe('True');
    expect(Number(milliseconds)).toBeLessThan(5000);
  });

  test('of a bridge that was killed is an error, and the next bridge has no part in it', async () => {
    const log = logOf('killed');
    const error = await bench.failure(`${importLine}
      $t = Open-Thing ${quoted(log)} 7
      Get-Process node | Where-Object { $_.Parent?.Id -eq $PID } | Stop-Process -Force
      Start-Sleep -Milliseconds 300
      try { $null = Open-Thing ${quoted(log)} 8 } catch { $null = Open-Thing ${quoted(log)} 8 }
      Edit-Thing $t -ErrorAction Stop`);
    expect(error.message).toMatch(/belongs to a bridge that has ended/);
    await bench.output('Remove-Module Things');
    expect(countsIn(log)).toEqual({ 7: { open: 1, close: 0 }, ...once(8) });
  });
});

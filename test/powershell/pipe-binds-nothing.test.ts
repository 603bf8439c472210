/**
 * A pipe that binds nothing does nothing: every exported cmdlet of this module and of others is given every kind of wrong object, and
 * nothing is called, listed or changed.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { toPlain } from '../../src/powershell/result.js';
import { compileLibrary } from '../standin/build.js';
import { openConstrained, runConstrained } from '../support/constrained.js';
import { MODULE, quoted, recordOf, useModule } from '../support/powershell-module.js';
import { addSimpleModule, type SimpleModule } from '../support/simple-module.js';

/** Invalid pipeline input, by the mistake. */
const WRONG: Readonly<Record<string, string>> = {
  'a number': '6700',
  'a text': "'6700 is no port'",
  'an empty text': "''",
  nothing: '@()',
  null: '$null',
  'two nulls': '$null, $null',
  'an object without properties': '(New-Object psobject)',
  'an object with other properties': '(New-Object psobject -Property @{ Colour = 1; Answer = 42 })',
  'an object with some of the properties': '(New-Object psobject -Property @{ StartPort = 6700; First = 1 })',
  'an object whose properties are null':
    '(New-Object psobject -Property @{ StartPort = $null; NumberOfPorts = $null; Port = $null; First = $null; Second = $null; Text = $null })',
  'an object whose properties are empty':
    "(New-Object psobject -Property @{ StartPort = ''; NumberOfPorts = ''; Port = ''; First = ' '; Second = '' })",
  'an object of the other word':
    "(New-Object psobject -Property @{ StartPort = 6700; NumberOfPorts = 5; Protocol = 'Sctp'; First = 1; Second = 2; Text = 'a'; Kind = 'Green' })",
  'a hashtable': '@{ StartPort = 6700; NumberOfPorts = 5; Port = 6700; First = 1; Second = 2; Text = 1 }',
  'a file': '(Get-Item -LiteralPath $PSHOME)',
  'an array in an array': '(, (6700, 5))',
};

/** A library of things of two kinds, which counts what is changed. */
const THINGS = `
#include "standin.h"
static uint32_t changes;
EXPORT uint32_t ChangeCount(void); uint32_t ChangeCount(void) { return changes; }
${['Red', 'Blue']
  .map(
    (kind) => `
EXPORT uint32_t Drop${kind}(uint32_t first); uint32_t Drop${kind}(uint32_t first) { changes++; return first; }
EXPORT uint32_t Join${kind}(uint64_t first, double second); uint32_t Join${kind}(uint64_t first, double second) { changes++; return first > second; }
EXPORT uint32_t Name${kind}(const char *text); uint32_t Name${kind}(const char *text) { changes++; return text[0]; }
EXPORT uint32_t Size${kind}(const char *text); uint32_t Size${kind}(const char *text) { changes++; return text[0]; }
EXPORT uint32_t Look${kind}(uint32_t first); uint32_t Look${kind}(uint32_t first) { changes++; return first; }`,
  )
  .join('\n')}`;

const THINGS_MODULE: SimpleModule = {
  name: 'Things',
  kinds: ['Red', 'Blue'],
  functions: [
    { name: 'ChangeCount', cmdlet: 'Get-ChangeCount', parameters: {}, returns: 'ULONG' },
    {
      name: 'Drop{Kind}',
      cmdlet: 'Remove-{Kind}Thing',
      parameters: { First: 'ULONG' },
      returns: 'ULONG',
      changes: true,
    },
    {
      name: 'Join{Kind}',
      cmdlet: 'Join-{Kind}Thing',
      parameters: { First: 'ULONG64', Second: 'DOUBLE' },
      returns: 'ULONG',
      changes: true,
    },
    { name: 'Name{Kind}', cmdlet: 'Set-{Kind}Name', parameters: { Text: 'LPCSTR' }, returns: 'ULONG', changes: true },
    { name: 'Size{Kind}', cmdlet: 'Get-{Kind}Size', parameters: { Text: 'LPCSTR' }, returns: 'ULONG' },
    { name: 'Look{Kind}', cmdlet: 'Get-{Kind}Thing', parameters: { First: 'ULONG' }, returns: 'ULONG' },
  ],
};

/** Which of the objects are right for a cmdlet after all. */
function isRight(cmdlet: string, wrong: string): boolean {
  if (cmdlet === 'Test-PortBinding') return ['a number', 'an array in an array'].includes(wrong);
  if (/^(Remove|Get)-(Red|Blue)Thing$/.test(cmdlet))
    return wrong === 'a number' || wrong === 'an object with some of the properties';
  return /^Get-(Red|Blue)Size$/.test(cmdlet) && ['a number', 'a text', 'an empty text'].includes(wrong);
}

/** Returns the parameters without which a cmdlet cannot be called, and those that suppress its question. */
function callOf(cmdlet: string): string {
  if (cmdlet === 'Export-PortMap') return `${cmdlet} -Path ${quoted(bench.native(file()))} -Confirm:$false`;
  return /^(Remove|New-Persistent|Set|Join)-?/.test(cmdlet) ? `${cmdlet} -Confirm:$false` : cmdlet;
}

/** A script that runs another and puts out one line: whether there was an error, and what was output. */
function report(name: string, script: string): string {
  return `$found = @(try { ${script} 2>&1 } catch { $_ })
    $told = @($found | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
    $rest = @($found | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] } | ForEach-Object { "<$_>" })
    "${name}: $(if ($told.Count -eq 0) { 'no ' })error, output ($rest)"`;
}

const bench = useModule();
const file = () => path.join(bench.directory, 'not-written.svg');
let things = '';

beforeAll(async () => {
  things = await addSimpleModule(bench, THINGS_MODULE, compileLibrary(bench.directory, 'things', THINGS));
});

describe.each(['full', 'constrained'])('in %s language', (language) => {
  const run = (script: string) => (language === 'full' ? bench.run(script) : runConstrained(bench, script));

  /** Imports anew; each module in a session of its own in constrained language. */
  async function start(line: string): Promise<string[]> {
    if (language === 'constrained') await openConstrained(bench);
    expect(await run(line)).toMatchObject({ output: [], errors: [], warnings: [] });
    const { output } = await run(`(Get-Command -Module ${MODULE}, Things).Name`);
    return output.map((one) => String(toPlain(one)));
  }

  /** Pipes everything wrong into everything; `state` is what must stay as it is. One script for all that is wrong for a cmdlet. */
  async function pipeAll(cmdlets: readonly string[], state: () => Promise<unknown> | unknown): Promise<void> {
    for (const cmdlet of cmdlets) {
      const wrongs = Object.entries(WRONG).filter(([wrong]) => !isRight(cmdlet, wrong));
      const before = await state();
      const { output, errors } = await run(
        wrongs.map(([wrong, text]) => report(wrong, `${text} | ${callOf(cmdlet)}`)).join('\n'),
      );
      expect({ cmdlet, output: output.map(toPlain), errors, state: await state() }).toEqual({
        cmdlet,
        output: wrongs.map(([wrong]) =>
          wrong === 'nothing'
            ? expect.stringMatching(/^nothing: (no )?error, output \(\)$/)
            : `${wrong}: error, output ()`,
        ),
        errors: [],
        state: before,
      });
    }
  }

  test('this module: nothing reaches the library', async () => {
    const library = await bench.importStandIn(`library-${language}`, {
      state: 'udp 6700 5 77\ntcp 6700 5 78\n',
      record: true,
    });
    const line = bench.importLine({ NodePath: bench.node, LibraryPath: library });
    const cmdlets = await start(line);
    const { length } = bench.definition.cmdlets;
    expect(cmdlets.length).toBeGreaterThanOrEqual(length);
    await pipeAll(cmdlets, () => [recordOf(library), existsSync(file())]);
    expect(recordOf(library)).toEqual([]);
  });

  test('this module: nothing in a simulated computer is listed or changed', async () => {
    const state = path.join(bench.directory, `state-${language}.json`);
    const cmdlets = await start(bench.importLine({ NodePath: bench.node, Backend: 'Simulated', StatePath: state }));
    await run(
      '$null = 6700, 6800 | ForEach-Object { New-PersistentUdpPortReservation $_ 5; New-PersistentTcpPortReservation $_ 5 }',
    );
    await pipeAll(cmdlets, () => readFileSync(state, 'utf8'));
    const script = '6700 | Get-PersistentUdpPortReservation | Remove-PersistentUdpPortReservation -Force';
    expect((await run(script)).errors.length).toBeGreaterThan(0);
    for (const given of ['5000 20', '-StartPort 6700', '-NumberOfPorts 5'])
      expect((await run(`6700 | Remove-PersistentUdpPortReservation ${given} -Force`)).errors.length).toBeGreaterThan(
        0,
      );
    expect(JSON.parse(readFileSync(state, 'utf8')).reservations).toHaveLength(4);
    rmSync(state);
  });

  test('a module over another library: nothing is called', async () => {
    const cmdlets = await start(things);
    const count = async () => (await run('(Get-ChangeCount).Value')).output.map(toPlain);
    const others = cmdlets.filter((name) => name.includes('Red') || name.includes('Blue'));
    expect(others).toHaveLength(10);
    await pipeAll([...others, 'Get-ChangeCount'], count);
    // Also tests valid input, which must be called; otherwise the test could not fail.
    const right = `5 | Remove-RedThing -Force; New-Object psobject -Property @{ Text = 5 } | Get-BlueSize | ForEach-Object { $_.Text, $_.Value }
      New-Object psobject -Property @{ First = 0; Second = 0 } | Join-BlueThing -Force; 0 | Get-RedThing | ForEach-Object { $_.Value }`;
    const { output, errors } = await run(right);
    expect({ output: output.map(toPlain), errors }).toEqual({
      output: ['5', String('5'.charCodeAt(0)), '0'],
      errors: [],
    });
    expect(await count()).toEqual(['4']);
  });
});

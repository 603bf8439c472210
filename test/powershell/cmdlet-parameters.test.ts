/** Parameters as a definition's cmdlets have them: names, aliases, defaults and parameter sets. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { toPlain } from '../../src/powershell/result.js';
import { openConstrained, runConstrained } from '../support/constrained.js';
import { useModule } from '../support/powershell-module.js';

const bench = useModule();
const lines: string[] = [];

async function add(definition: { readonly name: string; readonly [part: string]: unknown }): Promise<void> {
  const file = path.join(bench.directory, `${definition.name}.json`);
  writeFileSync(file, JSON.stringify(definition));
  const manifest = await bench.addModule(await loadDefinition(file));
  lines.push(bench.importLine({ NodePath: bench.node }, manifest));
}

beforeAll(async () => {
  await add({
    name: 'Sums',
    library: { linux: 'libz.so.1' },
    functions: [
      'unsigned long crc32([in] unsigned long crc, [in, bytes(len)] const unsigned char *buf, [in] unsigned int len)',
      'unsigned long compressBound([in] unsigned long sourceLen)',
    ],
    cmdlets: {
      'Get-Sum': {
        function: 'crc32',
        parameters: {
          crc: { name: 'Start', aliases: ['From', 'Seed'], default: '0', help: 'The sum of what came before.' },
          buf: { name: 'Bytes' },
        },
      },
      'Get-Bound': {
        function: 'compressBound',
        parameters: { sourceLen: { name: 'Length', aliases: ['Size'], default: 100 } },
      },
    },
  });
  await add({
    name: 'Texts',
    library: { linux: 'libc.so.6' },
    functions: [
      '[fails(zero, none)] char *strstr(const char *haystack, const char *needle);',
      'char *setlocale(int category, [in, optional] const char *locale);',
    ],
    cmdlets: {
      'Find-Text': {
        function: 'strstr',
        parameters: { haystack: { name: 'Text', aliases: ['FullName'] }, needle: { default: 'b' } },
      },
      'Get-OwnLocale': {
        function: 'setlocale',
        parameters: { category: { name: 'Number', default: 6 }, locale: { name: 'Name' } },
        parameterSets: { ByNumber: ['category'], ByName: ['locale'] },
      },
    },
  });
});

const BYTES = '([byte[]](104, 105))';
const SUM = String(crc32(Buffer.from('hi')));

describe.skipIf(process.platform !== 'linux').each(['full', 'constrained'])('in %s language', (language) => {
  const run = (script: string) => (language === 'full' ? bench.run(script) : runConstrained(bench, script));

  beforeAll(async () => {
    if (language === 'constrained') await openConstrained(bench);
    for (const line of lines) expect(await run(line)).toMatchObject({ output: [], errors: [], warnings: [] });
  });

  test.each([
    [`Get-Sum -Bytes ${BYTES}`, [SUM]],
    [`Get-Sum ${BYTES} 0`, [SUM]],
    [`(Get-Sum ${BYTES} -From 1) -eq (Get-Sum -Start 1 ${BYTES})`, ['True']],
    [`(Get-Sum -Seed 1 ${BYTES}) -eq (Get-Sum ${BYTES})`, ['False']],
    [`New-Object psobject -Property @{ Bytes = ${BYTES} } | Get-Sum`, [SUM]],
    [`New-Object psobject -Property @{ Bytes = ${BYTES}; Seed = 0 } | Get-Sum`, [SUM]],
    [`(Get-Command Get-Sum).Parameters.Start.Aliases -join ' '`, ['From Seed']],
    ["(Get-Command Get-Sum).Parameters.Keys -contains 'crc'", ['False']],
    ['(Get-Help Get-Sum -Parameter Start).defaultValue', ['0']],
    ['(Get-Help Get-Sum -Parameter Start).description.Text', ['The sum of what came before.']],
    ['Get-Bound', ['113']],
    ['Get-Bound 200', ['213']],
    ['200, 300 | Get-Bound', ['213', '313']],
    ["'abc', 'xbz' | Find-Text", ['bc', 'bz']],
    ['Find-Text abc -needle c', ['c']],
    [
      'Get-Item -LiteralPath $PSHOME | Find-Text -needle ([string][System.IO.Path]::DirectorySeparatorChar) | ForEach-Object { $_ -eq $PSHOME }',
      ['True'],
    ],
    ['New-Object psobject -Property @{ Size = 300 } | Get-Bound', ['313']],
    ['Get-OwnLocale', ['C']],
    ['Get-OwnLocale -Number 6', ['C']],
    ['Get-OwnLocale -Name C', ['C']],
    ["(Get-Command Get-OwnLocale).ParameterSets.Name -join ' '", ['ByNumber ByName InputObject']],
  ])('%s', async (script, shown) => {
    const { output, errors } = await run(script);
    expect(errors.map(({ message }) => message)).toEqual([]);
    expect(output.map((one) => String(toPlain(one)))).toEqual(shown);
  });

  test.each([
    ['$null | Get-Bound', 'Length'],
    ['New-Object psobject -Property @{ Size = $null } | Get-Bound', 'Length'],
    ["New-Object psobject -Property @{ Length = '' } | Get-Bound", 'Length'],
    ['Get-Process -Id $PID | Find-Text', 'Text'],
  ])('%s is refused, by the name of the prompt', async (script, name) => {
    const { output, errors } = await run(script);
    expect(output).toEqual([]);
    expect(errors.map(({ message }) => message)).toEqual([expect.stringMatching(new RegExp(`\\b${name}\\b`))]);
  });

  test('parameters of two sets do not go together', async () => {
    const { errors } = await run('Get-OwnLocale -Number 6 -Name C');
    expect(errors[0]?.fullyQualifiedErrorId).toBe('AmbiguousParameterSet,Get-OwnLocale');
  });
});

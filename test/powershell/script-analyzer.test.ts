/** PSScriptAnalyzer has no finding on what dllet emits: modules, their scripts for constrained language, tests and DSC. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { generateModule } from '../../src/generator/generate.js';
import type { PowerShellSession } from '../../src/powershell/session.js';
import { ALL, fileOf } from '../support/example-modules.js';
import { MODULE, openEngine } from '../support/powershell-module.js';
import { analyze, installedAnalyzer } from '../support/script-analyzer.js';
import { ZLIB } from '../support/short-form.js';

const analyzer = installedAnalyzer();
if (analyzer === undefined)
  process.stderr.write('!!! LEFT OUT: no PSScriptAnalyzer is installed, so no module is analyzed.\n');

const ANY_DLL = fileURLToPath(new URL('../native/fixtures/any-dll.definition.json', import.meta.url));

/** Names that the rules have something against, and the definition says that they are meant. */
const NAMES = {
  name: 'MeantNames',
  library: { linux: 'libc.so.6' },
  functions: ['int abs(int number);', 'int getpid(void);'],
  cmdlets: {
    'Get-Abs': 'abs',
    'Get-Numbers': { function: 'abs', allowPluralNoun: true },
    'Get-Process': { function: 'getpid', shadows: true },
    'New-Number': 'abs',
  },
};

describe.skipIf(analyzer === undefined)('PSScriptAnalyzer has no finding on the module of', () => {
  let engine: PowerShellSession;
  let directory = '';

  beforeAll(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'dllet analyzed '));
    engine = await openEngine();
  });

  afterAll(async () => {
    await engine.close();
    rmSync(directory, { recursive: true, force: true });
  });

  async function findingsOn(definition: string | object, name: string): Promise<unknown[]> {
    const folder = path.join(directory, name);
    mkdirSync(folder);
    const file = typeof definition === 'string' ? definition : path.join(directory, `${name}.json`);
    if (typeof definition !== 'string') writeFileSync(file, JSON.stringify(definition));
    for (const [at, text] of generateModule(await loadDefinition(file))) {
      mkdirSync(path.dirname(path.join(folder, at)), { recursive: true });
      writeFileSync(path.join(folder, at), text);
    }
    return analyze(engine, analyzer as string, folder);
  }

  test.each<[string, string | object]>([
    [MODULE, MODULE],
    ['any-dll', ANY_DLL],
    ['short-form', ZLIB],
    ['meant-names', NAMES],
    ...ALL.map(({ name }) => [name, fileOf(name, 'definition.json')] as [string, string]),
  ])('%s', async (name, definition) => {
    expect(await findingsOn(definition, name)).toEqual([]);
  });

  test('a planted mistake is found', async () => {
    const folder = path.join(directory, 'planted');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'planted.ps1'), 'function Do-Thing { gci; $x ??= 1; Get-EventLog System }\n');
    const rules = (await analyze(engine, analyzer as string, folder)).map((one) => String(one).split(' ')[0]);
    expect(rules).toEqual(
      expect.arrayContaining([
        'PSUseApprovedVerbs',
        'PSAvoidUsingCmdletAliases',
        'PSUseCompatibleSyntax',
        'PSUseCompatibleCmdlets',
      ]),
    );
  });
});

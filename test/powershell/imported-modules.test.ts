/** Whole namespaces of Win32 metadata as modules: they import without a word, and their commands have help. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { expandDefinition } from '../../src/definition/expand.js';
import type { DefinitionSource } from '../../src/definition/types.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { withoutAnsiTwins } from '../../src/import/names/suffixes.js';
import { importWin32 } from '../../src/import/win32.js';
import { quoted, useModule } from '../support/powershell-module.js';
import { readDocuments } from '../support/win32json.js';

const documents = readDocuments();
const bench = useModule();

const NAMESPACES = ['NetworkManagement.IpHelper', 'System.SystemInformation', 'System.Registry', 'Storage.FileSystem'];

/** The others: another one in each run, whose name is that of the test; all of them with DLLET_TESTS=all. */
const others = [...documents].flatMap(([api, { Functions }]) =>
  NAMESPACES.includes(api) || Functions.length === 0 ? [] : [api],
);
const some = Math.floor(Math.random() * others.length);
const chosen = process.env.DLLET_TESTS === 'all' ? others : others.slice(some, some + 1);

/** So many commands of a module are asked for their help; of a thousand commands, each takes seconds. */
const helpOf = (api: string) => (NAMESPACES.includes(api) ? 20 : 5);

/** The largest namespace has 1,100 functions. */
const TIMEOUT_MS = 240_000;

test.skipIf(documents.size === 0).each([...NAMESPACES, ...chosen])('%s', { timeout: TIMEOUT_MS }, async (api) => {
  const names = withoutAnsiTwins([...new Set(documents.get(api)?.Functions.map(({ Name }) => Name))]);
  const name = api.replaceAll('.', '');
  const functions = names.map((one) => ({ api, name: one }));
  const result = importWin32({ documents, functions, name, isPartial: true });
  if (result.kind !== 'definition') throw new Error(JSON.stringify(result));
  // Every function is in the module, or there is a reason.
  const leftOut = new Set(result.leftOut.map((one) => one.function));
  expect(result.definition.functions.length - result.added.length + leftOut.size).toBe(names.length);
  if (NAMESPACES.includes(api)) expect(leftOut.size / names.length).toBeLessThan(0.2);
  const { mistakes, value } = validateDefinitionText(JSON.stringify(result.definition));
  expect(mistakes).toEqual([]);
  const manifest = await bench.addModule(expandDefinition(value as DefinitionSource));

  // The commands, and the one that verifies the module; `output` allows neither an error nor a warning.
  const commands = `Import-Module ${quoted(manifest)}; Get-Command -Module ${name} | ForEach-Object Name`;
  const found = (await bench.output(commands)) as string[];
  expect(found).toHaveLength(result.definition.functions.length + 1);
  const asked = found.filter((_, index) => index % Math.ceil(found.length / helpOf(api)) === 0).map(quoted);
  const without = await bench.output(
    `${asked.join(', ')} | Where-Object { "$((Get-Help $_).Synopsis)".Trim() -in '', $_ }`,
  );
  expect(without).toEqual([]);
  // What the import does not read.
  const wrong = await bench.output(`
    foreach ($file in Get-ChildItem ${quoted(path.dirname(manifest))} -Recurse -Filter *.ps1) {
      $found = $null
      $null = [System.Management.Automation.Language.Parser]::ParseFile($file.FullName, [ref] $null, [ref] $found)
      foreach ($one in $found) { "$($file.Name): $($one.Message)" }
    }
    $null = Test-ModuleManifest ${quoted(manifest)}`);
  expect(wrong).toEqual([]);
});

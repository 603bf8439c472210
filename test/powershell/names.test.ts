/** Modules whose definitions have names that mean something to PowerShell: what validates parses. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expandDefinition } from '../../src/definition/expand.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { generateModule } from '../../src/generator/generate.js';
import { toPlain } from '../../src/powershell/result.js';
import type { PowerShellSession } from '../../src/powershell/session.js';
import { temporaryDirectory } from '../support/directories.js';
import { NAMES, PLACES } from '../support/every-name.js';
import { openEngine } from '../support/powershell-module.js';

/** Places whose names become variables, parameters, properties, classes or functions of PowerShell; those of results stay in the facts. */
const PLACES_IN_CODE = [
  'an in parameter',
  'an out parameter',
  'a computed value',
  'a property',
  'a parameter of an operation',
  'a switch',
  'a variant',
  'a resource',
];

/** What an in parameter cannot have at all is refused for the others as well; and a device is no word of PowerShell. */
const GROUPS = Object.keys(NAMES).filter((group) => !/^(devices|preference|members)/.test(group));

/** All parse errors in the files of a folder, but those of types and modules that are not there while parsing. */
const PARSE = `
foreach ($file in [System.IO.Directory]::GetFiles($FOLDER)) {
    $tokens = $null
    $mistakes = $null
    $null = [System.Management.Automation.Language.Parser]::ParseFile($file, [ref] $tokens, [ref] $mistakes)
    foreach ($one in $mistakes) { if ($one.ErrorId -ne 'TypeNotFound') { [System.IO.Path]::GetFileName($file) + ': ' + $one.Message } }
}`;

let engine: PowerShellSession;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

async function mistakesIn(folder: string): Promise<string[]> {
  const { output, errors } = await engine.run(PARSE.replace('$FOLDER', `'${folder.replaceAll("'", "''")}'`));
  expect(errors).toEqual([]);
  return output.map((line) => String(toPlain(line)));
}

describe.each(PLACES_IN_CODE)('the names of %s', (place) => {
  it('make no module that does not parse', { timeout: 240_000 }, async () => {
    const folder = temporaryDirectory();
    const origins = new Map<string, string>();
    for (const name of new Set(GROUPS.flatMap((group) => NAMES[group] ?? []))) {
      const { mistakes, value } = validateDefinitionText(JSON.stringify(PLACES[place]?.(name)));
      if (mistakes.length > 0 || value === undefined) continue;
      for (const [file, content] of generateModule(expandDefinition(value))) {
        const extension = /\.(ps[dm]?1|psrc)$/.exec(file)?.[0];
        const known = `${createHash('sha256').update(content).digest('hex').slice(0, 24)}${extension}`;
        if (extension === undefined || origins.has(known)) continue;
        origins.set(known, `${name} in ${file}`);
        writeFileSync(path.join(folder, known), content);
      }
    }
    expect(origins.size).toBeGreaterThan(20);
    const found = await mistakesIn(folder);
    expect(found.map((line) => line.replace(/^[^:]+/, (file) => origins.get(file) ?? file))).toEqual([]);
  });
});

it('is told of a script that does not parse', async () => {
  const folder = path.join(temporaryDirectory(), 'wrong');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'wrong.ps1'), 'class A { [string] $answer; [void] Get() { $answer = 1 } }');
  expect(await mistakesIn(folder)).toEqual([expect.stringContaining('answer')]);
});

/** The integrity check names what leads elsewhere, whatever is there, and folders that were not packed, also empty ones. */
import { cpSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { renderCatalog } from '../../src/package/catalog.js';
import { readFiles } from '../../src/package/files.js';
import { toPlain } from '../../src/powershell/result.js';
import { openConstrained, runConstrained } from '../support/constrained.js';
import { MODULE, useModule } from '../support/powershell-module.js';

const TEST = `Test-${MODULE}Module`;
const bench = useModule();
const folder = () => path.dirname(bench.manifest);
const elsewhere = () => path.join(bench.directory, 'elsewhere');

beforeAll(async () => {
  const { name, version } = bench.definition;
  const file = `${name}.catalog.json`;
  const files = await readFiles(folder());
  writeFileSync(
    path.join(folder(), file),
    renderCatalog({ name, version, generator: 'tests', notCovered: [file] }, files),
  );
  cpSync(folder(), elsewhere(), { recursive: true });
});

/** Puts a link to equal content in the place of a file or folder. Returns what undoes it. */
function link(place: string): () => void {
  const target = path.join(folder(), place);
  renameSync(target, `${elsewhere()}.kept`);
  symlinkSync(path.join(elsewhere(), place), target, place.includes('.') ? 'file' : 'junction');
  return () => {
    rmSync(target);
    renameSync(`${elsewhere()}.kept`, target);
  };
}

function add(place: string): () => void {
  mkdirSync(path.join(folder(), place), { recursive: true });
  return () => rmSync(path.join(folder(), place.split('/')[0] as string), { recursive: true });
}

describe.skipIf(process.platform === 'win32').each(['full', 'constrained'])('in %s language', (language) => {
  const run = (script: string) => (language === 'full' ? bench.run(script) : runConstrained(bench, script));

  beforeAll(async () => {
    if (language === 'constrained') await openConstrained(bench);
    expect(await run(bench.importLine({ NodePath: bench.node }))).toMatchObject({ output: [], errors: [] });
  });

  test.each<[string, () => () => void, string]>([
    ['a file is a link to one with the same content', () => link(`${MODULE}.psd1`), `Link ${MODULE}.psd1`],
    ['the program is a link to one with the same content', () => link('bin/dllet.cjs'), 'Link bin/dllet.cjs'],
    ['bin is a link to a folder with the same content', () => link('bin'), 'Link bin'],
    ['there is an empty folder more', () => add('more'), 'Extra more'],
    ['there is a folder with an empty folder', () => add('more/and'), 'Extra more'],
  ])('%s', async (_name, change, deviation) => {
    expect((await run(TEST)).output.map(toPlain)).toEqual(['True']);
    const undo = change();
    try {
      expect((await run(TEST)).output.map(toPlain)).toEqual(['False']);
      const { output } = await run(`${TEST} -PassThru | ForEach-Object { $_.Status + ' ' + $_.Path }`);
      expect(output.map(toPlain)).toContain(deviation);
    } finally {
      undo();
    }
    expect((await run(TEST)).output.map(toPlain)).toEqual(['True']);
  });
});

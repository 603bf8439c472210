/** A module whose definition names no extension has nothing of one: no file, no word of a text, no code. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expandDefinition } from '../../src/definition/expand.js';
import { loadDefinition } from '../../src/definition/load.js';
import type { Definition } from '../../src/definition/types.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { CLIENT } from '../../src/generator/assemblies.js';
import { generateModule, generateReference } from '../../src/generator/generate.js';
import { installProgram } from '../../src/generator/program.js';
import { sourceOf } from '../support/simple-module.js';

const ZLIB = sourceOf({
  name: 'ZLib',
  functions: [
    { name: 'compressBound', cmdlet: 'Get-CompressBound', parameters: { Size: 'SIZE_T' }, returns: 'SIZE_T' },
    { name: 'zlibVersion', cmdlet: 'Get-ZlibVersion', parameters: {}, returns: 'LPCSTR' },
  ],
});

/** Words that only a module about ports needs. */
const PORTS = /\bports?\b|port-?(map|use|reservation)|netsh|socket|\breserv(es?|ed|ations?)\b/gi;

/** Node's own names for the kind of file that stdout is. */
const OF_NODE = /isSocket\(\)|\bSocket:\w+/g;

const found = (text: string) => text.replaceAll(OF_NODE, '').match(PORTS) ?? [];

const folder = mkdtempSync(path.join(tmpdir(), 'dllet-extension-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An assembly has its names in UTF-8 and its texts in UTF-16. */
function textOf(file: string): string {
  const content = readFileSync(file);
  return file.endsWith('.dll')
    ? `${content.toString('latin1')} ${content.toString('utf16le')}`
    : content.toString('utf8');
}

/** The module with everything that the generator makes, by path; without koffi's addon. */
async function emitted(definition: Definition): Promise<Map<string, string>> {
  const directory = path.join(folder, definition.name);
  await installProgram(directory, definition);
  const program = readdirSync(path.join(directory, 'bin'), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => [`bin/${name}`, textOf(path.join(directory, 'bin', name))] as const);
  return new Map([...generateModule(definition), ...generateReference(definition), ...program]);
}

describe('a module over zlib', () => {
  let files: Map<string, string>;

  beforeAll(async () => {
    expect(validateDefinitionText(JSON.stringify(ZLIB)).mistakes).toEqual([]);
    files = await emitted(expandDefinition(ZLIB));
  });

  it('is whole', () => {
    for (const file of [CLIENT, 'dllet.cjs', 'program.cjs', 'on-demand.cjs', 'verify.cjs', 'definition.json'])
      expect([...files.keys()]).toContain(`bin/${file}`);
    expect([...files.keys()]).toContain('ZLib.Verification.ps1');
  });

  it('has no file that is named after ports, and no word about them in any', () => {
    const named = [...files].map(([file, text]) => ({ file, words: [...found(file), ...found(text)] }));
    expect(named.filter(({ words }) => words.length > 0)).toEqual([]);
  });
});

it('the module about ports has such words in each of these files, so that the test above can fail', async () => {
  const files = await emitted(await loadDefinition('PersistentPortReservation'));
  const silent = [...files].filter(([, text]) => found(text).length === 0).map(([file]) => file);
  expect(silent).toEqual([`bin/${CLIENT}`, 'bin/dllet.cjs']);
});

/** Everything that the generator emits keeps to Windows PowerShell 5.1. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { generateModule } from '../../src/generator/generate.js';
import type { RenderedModule } from '../../src/generator/render.js';
import { checkFiles, type Finding } from './check.js';

const BUILT_IN = 'PersistentPortReservation';
const ANY_DLL = fileURLToPath(new URL('../native/fixtures/any-dll.definition.json', import.meta.url));

/** Matches files that PowerShell reads, in any folder. */
const POWERSHELL = /\.(ps1|psm1|psd1|psrc|pssc)$/;

/** What Pester brings; test/powershell/pester-text.test.ts checks how it is used. */
const PESTER = /^(Describe|Context|It|Should|Before(Discovery|All|Each)|After(All|Each)|Set-ItResult) is not in test/;

/** XML says its encoding itself, or is UTF-8. */
const XML = /\.(ps1xml|xml)$/;

describe.each([BUILT_IN, ANY_DLL])('the module of %s', (definition) => {
  let directory = '';
  let module: RenderedModule;
  let found: readonly Finding[];

  beforeAll(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'dllet emitted '));
    module = generateModule(await loadDefinition(definition));
    const files = [...module].filter(([file]) => POWERSHELL.test(file));
    expect(files.length).toBeGreaterThan(2);
    for (const [file, text] of files) {
      mkdirSync(path.dirname(path.join(directory, file)), { recursive: true });
      writeFileSync(path.join(directory, file), text);
    }
    found = checkFiles(files.map(([file]) => path.join(directory, file)));
  });

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test('needs nothing that 5.1 lacks', () => {
    const findings = found.map((one) => ({ ...one, file: path.relative(directory, one.file) }));
    const isPester = ({ file, message }: (typeof findings)[number]) => file.startsWith('tests') && PESTER.test(message);
    expect(findings.filter((one) => !isPester(one))).toEqual([]);
  });

  test('is ASCII, or UTF-8 that 5.1 knows by its byte order mark', () => {
    for (const [file, text] of module) {
      if (XML.test(file)) expect(text.charCodeAt(0), file).not.toBe(0xfeff);
      else if (text.charCodeAt(0) !== 0xfeff) expect(text, file).not.toMatch(/[^\n\r\t -~]/);
      expect(Buffer.from(text).toString('utf8'), file).toBe(text);
    }
  });
});

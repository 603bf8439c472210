/** How much code a user and a reviewer have to read: the C# of the client, and the PowerShell of modules. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadDefinition } from '../src/definition/load.js';
import type { Definition } from '../src/definition/types.js';
import { generateModule } from '../src/generator/generate.js';
import { ROOT } from './support/cli.js';
import { definitionOfCall } from './support/definitions.js';

const LONGEST_LINE = 140;

interface Line {
  readonly file: string;
  readonly text: string;
}

const linesOf = (files: Iterable<readonly [string, string]>): Line[] =>
  [...files].flatMap(([file, text]) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => ({ file, text: line })),
  );

const tooLong = (lines: readonly Line[]) => lines.filter(({ text }) => text.length > LONGEST_LINE);

const csharp = (folder: string) =>
  linesOf(
    readdirSync(path.join(ROOT, folder))
      .filter((file) => file.endsWith('.cs'))
      .map((file) => [file, readFileSync(path.join(ROOT, folder, file), 'utf8')]),
  );

/** What an import loads: without help, views, tests, DSC and the verification. */
const scriptsOf = (definition: Definition) =>
  linesOf([...generateModule(definition)].filter(([file]) => /^[^/]+\.(psm1|Constrained\.ps1)$/.test(file)));

const builtIn = await loadDefinition('PersistentPortReservation');

describe('the client', () => {
  const lines = csharp('src/client');

  it('has at most 2,000 lines', () => {
    expect(lines.length).toBeGreaterThan(1000);
    expect(lines.length).toBeLessThanOrEqual(2000);
  });

  it('has no long line, and neither has the assembly of the extension', () => {
    expect(tooLong([...lines, ...csharp('src/extensions/port-reservation/client')])).toEqual([]);
  });
});

describe('the PowerShell of a module', () => {
  const one = definitionOfCall(
    { parameters: [{ name: 'Number', type: 'INT', direction: 'in' }] },
    {
      objects: {},
      cmdlets: [
        {
          name: 'Get-Call',
          function: 'Call',
          synopsis: 'Calls.',
          description: 'Calls.',
          output: { kind: 'none' },
          examples: [{ code: 'Get-Call', description: 'Calls.' }],
        },
      ],
    },
  );

  it.each([
    ['with one cmdlet', one, 100],
    ['PersistentPortReservation', builtIn, 1000],
  ] as const)('%s has few lines, and no long one', (_name, definition, most) => {
    const lines = scriptsOf(definition);
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.length).toBeLessThanOrEqual(most);
    expect(tooLong(lines)).toEqual([]);
  });
});

import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openMetadata } from '../../../src/import/metadata-source.js';
import { importWin32 } from '../../../src/import/win32.js';
import { temporaryDirectory } from '../../support/directories.js';
import { packageOf, SMALL } from '../../support/winmd-small.js';
import { type WrittenType, writeWinmd } from '../../support/winmd-writer.js';

/** About as many functions and types as Windows.Win32.winmd has; long texts make it as large. */
function largeWinmd(): Buffer {
  const names = Array.from({ length: 300 }, (_, index) => `Windows.Win32.Area${index}`);
  const methods = SMALL.flatMap((type) => type.methods ?? []);
  const types = names.flatMap((namespace): WrittenType[] => [
    ...Array.from({ length: 60 }, (_, index) => ({
      name: `${namespace}.THING_WITH_A_LONG_NAME_${index}`,
      flags: 0x100109,
      extends: 'System.ValueType',
      attributes: [page(`${namespace}-${index}`)],
      fields: Array.from({ length: 3 }, (_unused, field) => ({
        name: `fieldWithALongName${index}And${field}`,
        flags: 6,
        type: { kind: 'primitive', name: 'UInt32' } as const,
      })),
    })),
    {
      name: `${namespace}.Apis`,
      flags: 0x181,
      extends: 'System.Object',
      methods: Array.from({ length: 60 }, (_, index) => ({
        ...(methods[index % methods.length] as (typeof methods)[number]),
        name: `CallSomething${index}Of${namespace.slice(14)}`,
        attributes: [page(`${namespace}-call-${index}`)],
      })),
    },
  ]);
  return writeWinmd([...types, ...SMALL]);
}

function page(name: string) {
  const address = `https://learn.microsoft.com/windows/win32/api/area/${name.toLowerCase()}/${'text-'.repeat(115)}`;
  return { type: 'Windows.Win32.Foundation.Metadata.DocumentationAttribute', fixed: [['String', address]] as const };
}

it('finds one function in 20 MB, in a file and in a package', { timeout: 300_000 }, () => {
  const directory = temporaryDirectory();
  const bytes = largeWinmd();
  for (const [name, content] of [
    ['large.winmd', bytes],
    ['large.nupkg', packageOf(bytes)],
  ] as const) {
    const file = path.join(directory, name);
    writeFileSync(file, content);
    if (name === 'large.winmd') expect(statSync(file).size).toBeGreaterThan(20_000_000);
    const source = openMetadata(file);
    expect(source.namespacesOf('GetThingSize')).toEqual(['Sample']);
    const result = importWin32({
      documents: source.documents,
      functions: [{ api: 'Sample', name: 'GetThingSize' }],
    });
    source.close();
    expect(result.kind).toBe('definition');
  }
});

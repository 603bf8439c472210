import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type {
  MetadataAttribute,
  MetadataDocuments,
  MetadataFunction,
  MetadataParameter,
  MetadataType,
  MetadataTypeEntry,
} from '../../../src/import/metadata.js';
import { openMetadata } from '../../../src/import/metadata-source.js';
import { importWin32 } from '../../../src/import/win32.js';
import { temporaryDirectory } from '../../support/directories.js';
import { typesOf, win32json } from '../../support/win32json.js';
import { writeWinmd } from '../../support/winmd-writer.js';

const documents = win32json();

describe.skipIf(documents.size === 0)('the metadata of Windows as .winmd (made of ../shared/data/win32json)', () => {
  let bytes: Buffer | undefined;

  function written() {
    const file = path.join(temporaryDirectory(), 'Windows.Win32.winmd');
    bytes ??= writeWinmd(typesOf(documents));
    writeFileSync(file, bytes);
    return openMetadata(file);
  }

  it('gives the documents of win32json', () => {
    const source = written();
    for (const [api, { Types, Functions }] of documents) {
      const own = source.documents.get(api);
      expect(own?.Types.map(plainType)).toEqual(Types.map(plainType));
      expect(own?.Functions.map(plainFunction)).toEqual(Functions.map(plainFunction));
    }
    source.close();
  });

  it('gives the same definition, or the same refusal, of one in forty functions', () => {
    const source = written();
    const resultOf = (from: MetadataDocuments, api: string, name: string) =>
      importWin32({ documents: from, functions: [{ api, name }] });
    let imported = 0;
    for (const [api, { Functions }] of documents) {
      const names = [...new Set(Functions.map((one) => one.Name))];
      for (const name of names.filter((_, index) => index % 40 === 0)) {
        const result = resultOf(source.documents, api, name);
        expect(result, name).toEqual(resultOf(documents, api, name));
        if (result.kind === 'definition') imported += 1;
      }
    }
    expect(imported).toBeGreaterThan(80);
    source.close();
  });

  it('knows where a function is', () => {
    const source = written();
    expect(source.namespacesOf('GetTickCount64')).toEqual(['System.SystemInformation']);
    expect(source.namespacesOf('Nowhere')).toEqual([]);
    source.close();
  });
});

/** What both have, in one form. */
function plainFunction(fn: MetadataFunction) {
  const { Name, SetLastError, DllImport, ReturnType, Architectures, Platform, Params } = fn;
  const types = { ReturnType: plainReference(ReturnType), Params: Params.map(plainParameter) };
  return { Name, SetLastError, DllImport, Architectures, Platform, ...types };
}

function plainType(entry: MetadataTypeEntry): object {
  const { Name, Kind, Architectures, NestedTypes = [] } = entry;
  const common = { Name, Kind, Architectures, NestedTypes: NestedTypes.map(plainType) };
  if (Kind === 'NativeTypedef') return { ...common, Def: entry.Def, FreeFunc: entry.FreeFunc };
  if (Kind === 'Enum') {
    const values = entry.Values?.map(({ Name: name, Value }) => [name, Value >>> 0]);
    return { ...common, Flags: entry.Flags, IntegerBase: entry.IntegerBase ?? 'Int32', values };
  }
  if (Kind !== 'Struct' && Kind !== 'Union') return common;
  return { ...common, PackingSize: entry.PackingSize, Fields: entry.Fields?.map(plainParameter) };
}

function plainParameter({ Name, Type, Attrs }: MetadataParameter) {
  return { Name, Type: plainReference(Type), Attrs: Attrs.map(plainAttribute).sort() };
}

const plainAttribute = (one: MetadataAttribute) =>
  typeof one === 'string' ? one : JSON.stringify(Object.entries(one).sort());

function plainReference(type: MetadataType): object {
  const { NullNullTerm: _, ...plain } = type as MetadataType & { NullNullTerm?: boolean };
  return 'Child' in plain ? { ...plain, Child: plainReference(plain.Child) } : plain;
}

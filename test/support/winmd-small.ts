/** A small .winmd file with an example of each feature, and packages with it. */
import { zipSync } from 'fflate';
import type { MetadataDocument, MetadataParameter, MetadataType } from '../../src/import/metadata.js';
import { typesOf } from './win32json.js';
import { type WrittenType, writeWinmd } from './winmd-writer.js';

const native = (Name: string): MetadataType => ({ Kind: 'Native', Name });
const to = (Child: MetadataType): MetadataType => ({ Kind: 'PointerTo', Child });
const own = (Name: string, Parents: string[] = [], Api = 'Sample'): MetadataType => ({
  Kind: 'ApiRef',
  Name,
  TargetKind: 'Default',
  Api,
  Parents,
});
const one = (Name: string, Type: MetadataType, ...Attrs: MetadataParameter['Attrs']): MetadataParameter => ({
  Name,
  Type,
  Attrs,
});
const everywhere = { Architectures: [] };

const FOUNDATION: MetadataDocument = {
  Types: [{ ...everywhere, Name: 'PWSTR', Kind: 'NativeTypedef', Def: to(native('Char')), FreeFunc: null }],
  Functions: [],
};

const SAMPLE: MetadataDocument = {
  Types: [
    { ...everywhere, Name: 'HTHING', Kind: 'NativeTypedef', Def: native('IntPtr'), FreeFunc: 'CloseThing' },
    {
      ...everywhere,
      Name: 'THING_KIND',
      Kind: 'Enum',
      IntegerBase: 'UInt32',
      Values: [
        { Name: 'THING_SMALL', Value: 1 },
        { Name: 'THING_LARGE', Value: 4_294_967_295 },
      ],
    },
    {
      ...everywhere,
      Name: 'THING',
      Kind: 'Struct',
      PackingSize: 4,
      Fields: [
        one('kind', own('THING_KIND'), 'Const'),
        one('name', { Kind: 'Array', Shape: { Size: 8 }, Child: native('Char') }),
        one('parts', own('_parts_e__Union', ['THING'])),
      ],
      NestedTypes: [
        {
          ...everywhere,
          Name: '_parts_e__Union',
          Kind: 'Union',
          PackingSize: 0,
          Fields: [one('number', native('UInt64')), one('id', native('Guid'))],
        },
      ],
    },
  ],
  Functions: [
    {
      Name: 'OpenThing',
      SetLastError: true,
      DllImport: 'SAMPLE.dll',
      ReturnType: own('HTHING'),
      Architectures: ['X64', 'Arm64'],
      Platform: 'windows8.0',
      Params: [
        one('name', own('PWSTR', [], 'Foundation'), 'In', 'Const'),
        one('kind', own('THING_KIND'), 'In'),
        one('buffer', to(native('Byte')), 'Out', { Kind: 'MemorySize', BytesParamIndex: 3 } as { Kind: string }),
        one('size', native('UInt32'), 'In'),
      ],
    },
    {
      Name: 'GetThingSize',
      SetLastError: false,
      DllImport: 'SAMPLE.dll',
      ReturnType: native('UInt32'),
      Architectures: [],
      Platform: null,
      Params: [one('thing', own('HTHING'), 'In'), one('unit', own('THING_KIND'), 'In')],
    },
  ],
};

export const SMALL: readonly WrittenType[] = typesOf(
  new Map([
    ['Foundation', FOUNDATION],
    ['Sample', SAMPLE],
  ]),
);

export const smallWinmd = (): Buffer => writeWinmd(SMALL);

/** A NuGet package with a .winmd file and other files. */
export function packageOf(winmd: Buffer, { level = 6 as 0 | 6 } = {}): Buffer {
  const files = { 'sample.nuspec': Buffer.from('<package/>'), 'Sample.winmd': winmd, 'lib/empty.txt': Buffer.alloc(0) };
  return Buffer.from(zipSync(files, { level }));
}

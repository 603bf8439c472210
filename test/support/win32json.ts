/** The documents of win32json in the shared folder, and the same metadata in the form of a .winmd file. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type {
  MetadataAttribute,
  MetadataDocument,
  MetadataFunction,
  MetadataParameter,
  MetadataType,
  MetadataTypeEntry,
} from '../../src/import/metadata.js';
import { ROOT } from './cli.js';
import type { WrittenAttribute, WrittenField, WrittenMethod, WrittenSignature, WrittenType } from './winmd-writer.js';

/** The folder of the documents; it may be missing. */
export const WIN32JSON = path.join(ROOT, '..', 'shared', 'data', 'win32json');

/**
 * Returns all documents. Adds callbacks and interfaces of missing documents: JSON describes them at each mention, a
 * .winmd file only at their declaration.
 */
export function win32json(): Map<string, MetadataDocument> {
  const documents = readDocuments();
  const added = new Map<string, Map<string, MetadataTypeEntry>>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { Kind, Name, Api = '', TargetKind = '' } = value as Record<string, string | undefined>;
    if (Kind === 'ApiRef' && Name !== undefined && TargetKind !== 'Default' && !documents.has(Api)) {
      const types = added.get(Api) ?? new Map<string, MetadataTypeEntry>();
      added.set(Api, types.set(Name, { Name, Kind: TargetKind, Architectures: [] }));
    }
    for (const part of Object.values(value)) visit(part);
  };
  for (const { Types, Functions } of documents.values()) visit([Types, Functions]);
  for (const [api, types] of added) documents.set(api, { Types: [...types.values()], Functions: [] });
  return documents;
}

/** Returns all documents unchanged; empty if the folder is missing. */
export function readDocuments(): Map<string, MetadataDocument> {
  const files = existsSync(WIN32JSON) ? readdirSync(WIN32JSON).filter((file) => file.endsWith('.json')) : [];
  return new Map(
    files.map((file) => {
      const text = readFileSync(path.join(WIN32JSON, file), 'utf8').replace(/^\uFEFF/, '');
      return [path.basename(file, '.json'), JSON.parse(text) as MetadataDocument];
    }),
  );
}

const FOUNDATION = 'Windows.Win32.Foundation.Metadata.';
const STATIC_LITERAL = 0x8056;

/** Returns the types of a .winmd file with the same content as the documents, as Microsoft's compiler writes them. */
export function typesOf(documents: ReadonlyMap<string, MetadataDocument>): WrittenType[] {
  return [...documents].flatMap(([api, { Types, Functions }]) => [
    { name: `Windows.Win32.${api}.Apis`, flags: 0x181, extends: 'System.Object', methods: Functions.map(methodOf) },
    ...Types.flatMap((entry) => typeOf(entry, `Windows.Win32.${api}.${entry.Name}`)),
  ]);
}

function methodOf(fn: MetadataFunction): WrittenMethod {
  return {
    name: fn.Name,
    returns: signatureOf(fn.ReturnType),
    parameters: fn.Params.map(parameterOf),
    library: fn.DllImport,
    importFlags: 0x101 | (fn.SetLastError ? 0x40 : 0),
    attributes: [
      ...architecture(fn.Architectures),
      ...(fn.Platform === null ? [] : [text('SupportedOSPlatform', fn.Platform)]),
    ],
  };
}

function parameterOf({ Name, Type, Attrs }: MetadataParameter): WrittenField {
  const flag = (name: string, value: number) => (Attrs.includes(name) ? value : 0);
  const array = Type.Kind === 'LPArray' ? [nativeArray(Type.CountConst, Type.CountParamIndex)] : [];
  return {
    name: Name,
    flags: flag('In', 1) | flag('Out', 2) | flag('Optional', 16),
    type: signatureOf(Type),
    attributes: [...array, ...attributesOf(Attrs.filter((one) => !['In', 'Out', 'Optional'].includes(String(one))))],
  };
}

function nativeArray(constant: number, parameter: number): WrittenAttribute {
  return {
    type: `${FOUNDATION}NativeArrayInfoAttribute`,
    named: {
      ...(constant >= 0 && { CountConst: ['Int32', constant] }),
      ...(parameter >= 0 && { CountParamIndex: ['Int16', parameter] }),
    },
  };
}

function attributesOf(attributes: readonly MetadataAttribute[]): WrittenAttribute[] {
  return attributes.map((one) => {
    if (typeof one === 'string') return { type: `${FOUNDATION}${one}Attribute` };
    const { Kind, ...named } = one;
    const values = Object.entries(named as Readonly<Record<string, number | string>>);
    return {
      type: `${FOUNDATION}${Kind}Attribute`,
      named: Object.fromEntries(
        values.map(([key, value]) => [key, [typeof value === 'number' ? 'Int16' : 'String', value]]),
      ),
    };
  });
}

function text(name: string, value: string): WrittenAttribute {
  return { type: `${FOUNDATION}${name}Attribute`, fixed: [['String', value]] };
}

function architecture(names: readonly string[]): WrittenAttribute[] {
  if (names.length === 0) return [];
  const bits = names.reduce((sum, name) => sum | (1 << ['X86', 'X64', 'Arm64'].indexOf(name)), 0);
  return [{ type: `${FOUNDATION}SupportedArchitectureAttribute`, fixed: [['Int32', bits]] }];
}

function typeOf(entry: MetadataTypeEntry, name: string): WrittenType[] {
  const nested = (entry.NestedTypes ?? []).flatMap((one) => typeOf(one, `${name}+${one.Name}`));
  const isNested = name.includes('+');
  const plain = { name, attributes: architecture(entry.Architectures) };
  return [{ ...plain, ...contentOf(entry, plain.attributes, (isNested ? 2 : 1) | 0x100000) }, ...nested];
}

function contentOf(entry: MetadataTypeEntry, attributes: WrittenAttribute[], flags: number): Omit<WrittenType, 'name'> {
  const value = { extends: 'System.ValueType', flags: flags | 0x108, attributes };
  switch (entry.Kind) {
    case 'Com':
      return { flags: 0xa1, attributes };
    case 'FunctionPointer':
      return { flags: flags | 0x100, extends: 'System.MulticastDelegate', attributes, methods: invokeOf(entry) };
    case 'ComClassID':
      return { ...value, attributes: [...attributes, { type: 'System.Runtime.InteropServices.GuidAttribute' }] };
    case 'Enum':
      return enumOf(entry, attributes, flags);
    case 'NativeTypedef':
      return { ...value, attributes: [...attributes, ...typedefOf(entry)], fields: [fieldOf(definitionOf(entry))] };
    case 'Union': {
      const fields = entry.Fields?.map((field) => ({ ...fieldOf(field), offset: 0 })) ?? [];
      return { ...value, flags: flags | 0x110, ...packOf(entry), fields };
    }
    default:
      return { ...value, ...packOf(entry), fields: entry.Fields?.map(fieldOf) ?? [] };
  }
}

/** The declaration of a callback is the method Invoke of a delegate. */
function invokeOf({ ReturnType, Params }: MetadataTypeEntry): WrittenMethod[] {
  if (!ReturnType || !Params) return [];
  return [{ name: 'Invoke', returns: signatureOf(ReturnType), parameters: Params.map(parameterOf) }];
}

const packOf = ({ PackingSize }: MetadataTypeEntry) => (PackingSize ? { pack: PackingSize } : {});

function fieldOf({ Name, Type, Attrs }: MetadataParameter): WrittenField {
  return { name: Name, flags: 6, type: signatureOf(Type), attributes: attributesOf(Attrs) };
}

function enumOf(entry: MetadataTypeEntry, attributes: WrittenAttribute[], flags: number): Omit<WrittenType, 'name'> {
  const base = (entry.IntegerBase ?? 'Int32') as 'Int32' | 'UInt32' | 'UInt16';
  const type: WrittenSignature = { kind: 'primitive', name: base };
  const values = (entry.Values ?? []).map(
    ({ Name, Value }): WrittenField => ({ name: Name, flags: STATIC_LITERAL, type, constant: [base, Value] }),
  );
  return {
    flags: flags | 0x100,
    extends: 'System.Enum',
    attributes: [...attributes, ...(entry.Flags ? [{ type: 'System.FlagsAttribute' }] : [])],
    fields: [{ name: 'value__', flags: 0x606, type }, ...values],
  };
}

const isHandle = ({ FreeFunc, ...entry }: MetadataTypeEntry) =>
  Boolean(FreeFunc) || ('InvalidHandleValue' in entry && entry.InvalidHandleValue !== null);

function typedefOf(entry: MetadataTypeEntry): WrittenAttribute[] {
  return [
    { type: `${FOUNDATION}NativeTypedefAttribute` },
    ...(entry.FreeFunc ? [text('RAIIFree', entry.FreeFunc)] : []),
    ...(isHandle(entry) ? [{ type: `${FOUNDATION}InvalidHandleValueAttribute`, fixed: [['Int64', 0]] as const }] : []),
  ];
}

/** Current metadata has handles as `void *`. */
function definitionOf(entry: MetadataTypeEntry): MetadataParameter {
  const plain = entry.Def as MetadataType;
  const isPointer = isHandle(entry) && plain.Kind === 'Native' && plain.Name === 'IntPtr';
  const Type: MetadataType = isPointer ? { Kind: 'PointerTo', Child: { Kind: 'Native', Name: 'Void' } } : plain;
  return { Name: 'Value', Type, Attrs: [] };
}

function signatureOf(type: MetadataType): WrittenSignature {
  switch (type.Kind) {
    case 'Native':
      if (type.Name === 'Guid') return { kind: 'named', name: 'System.Guid' };
      return { kind: 'primitive', name: type.Name as 'Int32' };
    case 'ApiRef':
      return { kind: 'named', name: `Windows.Win32.${type.Api}.${[...type.Parents, type.Name].join('+')}` };
    case 'LPArray': {
      // Microsoft's compiler writes PWSTR for an array of characters.
      const isText = type.Child.Kind === 'Native' && type.Child.Name === 'Char';
      if (isText) return { kind: 'named', name: 'Windows.Win32.Foundation.PWSTR' };
      return { kind: 'pointer', element: signatureOf(type.Child) };
    }
    case 'PointerTo':
      return { kind: 'pointer', element: signatureOf(type.Child) };
    case 'Array':
      return { kind: 'array', element: signatureOf(type.Child), size: type.Shape?.Size ?? 1 };
    case 'MissingClrType':
      return { kind: 'named', name: `System.${type.Name}` };
  }
}

/**
 * The part of the win32json format (github.com/marlersoft/win32json) that the importer reads, and lookups in it. The
 * content of .winmd files is converted to the same form (`winmd-documents.ts`).
 */

/** A reference to a type. */
export type MetadataType =
  | { readonly Kind: 'Native'; readonly Name: string }
  | {
      readonly Kind: 'ApiRef';
      readonly Name: string;
      readonly TargetKind: string;
      readonly Api: string;
      readonly Parents: readonly string[];
    }
  | { readonly Kind: 'PointerTo'; readonly Child: MetadataType }
  | { readonly Kind: 'Array'; readonly Shape: { readonly Size: number } | null; readonly Child: MetadataType }
  | {
      readonly Kind: 'LPArray';
      readonly CountConst: number;
      readonly CountParamIndex: number;
      readonly Child: MetadataType;
    }
  | { readonly Kind: 'MissingClrType'; readonly Name: string };

/** `In`, `Out`, `Optional`, ..., or an object such as `{ Kind: 'MemorySize', BytesParamIndex: 1 }`. */
export type MetadataAttribute = string | { readonly Kind: string };

export interface MetadataParameter {
  readonly Name: string;
  readonly Type: MetadataType;
  readonly Attrs: readonly MetadataAttribute[];
}

/** A field of a struct. */
export type MetadataField = MetadataParameter;

export interface MetadataFunction {
  readonly Name: string;
  readonly SetLastError: boolean;
  readonly DllImport: string;
  readonly ReturnType: MetadataType;
  readonly Architectures: readonly string[];
  readonly Platform: string | null;
  readonly Params: readonly MetadataParameter[];
}

/** An entry of `Types`. Its fields depend on its kind. */
export interface MetadataTypeEntry {
  readonly Name: string;
  readonly Kind: string;
  readonly Architectures: readonly string[];
  readonly Def?: MetadataType | undefined;
  readonly FreeFunc?: string | null | undefined;
  readonly Flags?: boolean | undefined;
  readonly Values?: readonly { readonly Name: string; readonly Value: number }[] | undefined;
  readonly IntegerBase?: string | null | undefined;
  readonly PackingSize?: number | undefined;
  /** The field that holds the size of the struct itself; undefined if metadata has none. */
  readonly SizeField?: string | undefined;
  readonly Fields?: readonly MetadataParameter[] | undefined;
  /** The return type and the parameters of a callback. */
  readonly ReturnType?: MetadataType | undefined;
  readonly Params?: readonly MetadataParameter[] | undefined;
  readonly NestedTypes?: readonly MetadataTypeEntry[] | undefined;
}

export interface MetadataDocument {
  readonly Types: readonly MetadataTypeEntry[];
  readonly Functions: readonly MetadataFunction[];
}

/** Documents by namespace, such as `Foundation`: the file name without `.json`, or the namespace without `Windows.Win32`. */
export type MetadataDocuments = Pick<ReadonlyMap<string, MetadataDocument>, 'get'>;

/** A part of a function cannot be expressed in a definition. The message says which part and why. */
export class InexpressibleError extends Error {}

/** True if a parsed file has the structure of a win32json document. */
export function isMetadataDocument(value: unknown): value is MetadataDocument {
  if (typeof value !== 'object' || value === null) return false;
  const { Types, Functions } = value as { Types?: unknown; Functions?: unknown };
  return isListOfNamed(Types) && isListOfNamed(Functions);
}

function isListOfNamed(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every(
      (one: unknown) => typeof one === 'object' && one !== null && typeof Reflect.get(one, 'Name') === 'string',
    )
  );
}

/** Returns the entry with the name for 64-bit x86; any other if there is none, such as one for ARM64 only. */
export function entryNamed<T extends { readonly Name: string; readonly Architectures: readonly string[] }>(
  entries: readonly T[],
  name: string,
): T | undefined {
  const found = entries.filter((one) => one.Name === name);
  return found.find((one) => isFor64Bit(one)) ?? found[0];
}

/** Returns the struct or union with the name for 32-bit x86, if there is another one for 64-bit x86. */
export function otherIn32Bit(
  entries: readonly MetadataTypeEntry[],
  { Name }: Pick<MetadataTypeEntry, 'Name'>,
): MetadataTypeEntry | undefined {
  const same = entries.filter((one) => one.Name === Name && /^(Struct|Union)$/.test(one.Kind));
  return same.some(isFor64Bit) ? same.find((one) => !isFor64Bit(one) && one.Architectures.includes('X86')) : undefined;
}

/** True if it exists on 64-bit x86. */
export function isFor64Bit({ Architectures }: { readonly Architectures: readonly string[] }): boolean {
  return Architectures.length === 0 || Architectures.includes('X64');
}

export function hasAttribute(attributes: readonly MetadataAttribute[], kind: string): boolean {
  return attributes.some((one) => (typeof one === 'string' ? one : one.Kind) === kind);
}

/** The values of an attribute, named ones and `Arguments`; undefined if it is missing. */
export function attributeNamed(
  attributes: readonly MetadataAttribute[],
  kind: string,
): Readonly<Record<string, unknown>> | undefined {
  const found = attributes.find((one) => typeof one !== 'string' && one.Kind === kind);
  return found as Readonly<Record<string, unknown>> | undefined;
}

/** The first argument of an attribute, if it is a text. */
export function textOfAttribute(attributes: readonly MetadataAttribute[], kind: string): string | undefined {
  const { Arguments } = attributeNamed(attributes, kind) ?? {};
  const text: unknown = Array.isArray(Arguments) ? Arguments[0] : undefined;
  return typeof text === 'string' ? text : undefined;
}

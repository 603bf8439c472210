/** Determines which handles of an import are released, and by which function of the metadata. */
import { WINDOWS_RELEASES } from '../definition/written/releases.js';
import { keyOf, OWNED_HANDLE, type Reference, type Release } from './declarations.js';
import {
  entryNamed,
  hasAttribute,
  type MetadataDocuments,
  type MetadataFunction,
  type MetadataType,
  textOfAttribute,
} from './metadata.js';
import { endsIt } from './telling-names.js';

/** Matches functions that create what they return. Others return something that belongs to another owner. */
const MAKES =
  /Create|Open|Alloc|Duplicate|FindFirst|Connect|Accept|Begin|Register|Copy|Clone|Logon|Initialize|Subscribe|_open|^socket$|^accept$/i;

/**
 * Functions that only give access to a handle that they did not open. This matters if another function of the import
 * opens such handles.
 * Source: the pages of GetStdHandle, GetMenu, SetCursor, LoadIconW, LoadImageW, GetPropW and SelectObject; unorm2.h, usearch.h.
 */
const LENDS = new RegExp(
  `^(${[
    'Get|Set|Add|Select|RemoveProp|Load(Icon|Cursor|Image|Accelerators)[AW]?$|WSAAsync|AvSet|AvRt|TraceGet',
    'u[a-z0-9]+_get\\w*(Instance|Iterator|Collator)$',
  ].join('|')})`,
);

/** True for a function that keeps the handles that it returns or writes. */
export const lendsHandles = (functionName: string): boolean => LENDS.test(functionName);

export interface Releases {
  /** The releases by the key of the handle's type. */
  readonly types: ReadonlyMap<string, Release>;
  /** The functions that release them, if not among the given ones. */
  readonly functions: readonly MetadataFunction[];
}

/** Finds the handles that functions create, and for each the function that releases it. */
export function releasesOf(
  functions: readonly MetadataFunction[],
  {
    documents,
    functions: places,
  }: { readonly documents: MetadataDocuments; readonly functions: readonly { readonly api: string }[] },
): Releases {
  const types = new Map<string, Release>();
  const added = new Map<string, MetadataFunction>();
  functions.forEach((fn, index) => {
    const api = places[index]?.api ?? '';
    for (const type of MAKES.test(fn.Name) ? madeBy(fn) : []) {
      const release = releaseOf(type, documents, [type.Api, api, ...NEAR]);
      if (!release) continue;
      // The function may take the handle under another type name than the one returned.
      const taken = release.Params[0]?.Type;
      const named = taken?.Kind === 'ApiRef' ? taken : type;
      const made = { type: named.Name === 'HANDLE' ? OWNED_HANDLE : named.Name, function: release.Name };
      if (!Object.hasOwn(WINDOWS_RELEASES, type.Name)) for (const one of [type, named]) types.set(keyOf(one), made);
      if (!functions.includes(release)) added.set(release.Name, release);
    }
  });
  return { types, functions: [...added.values()] };
}

/** Namespaces with functions that release handles and memory of other namespaces. */
const NEAR = [
  'Foundation',
  'System.Memory',
  'System.Com',
  'System.LibraryLoader',
  'Networking.WinSock',
  'NetworkManagement.NetManagement',
  'Storage.FileSystem',
];

/** Returns the functions that free memory that others allocate, according to metadata. */
export function freeingFunctions(
  functions: readonly MetadataFunction[],
  documents: MetadataDocuments,
  apis: readonly string[],
): MetadataFunction[] {
  const names = functions.flatMap(({ Params }) =>
    Params.flatMap(({ Attrs }) => textOfAttribute(Attrs, 'FreeWith') ?? []),
  );
  return [...new Set(names)].flatMap(
    (name) => functionNamed(name, documents, [...apis, ...NEAR]) ?? (name === LOCAL_FREE.Name ? [LOCAL_FREE] : []),
  );
}

/** LocalFree frees memory of many namespaces. This one is used if the given metadata does not have it. */
const LOCAL_FREE: MetadataFunction = {
  Name: 'LocalFree',
  SetLastError: true,
  DllImport: 'KERNEL32.dll',
  ReturnType: { Kind: 'Native', Name: 'IntPtr' },
  Architectures: [],
  Platform: null,
  Params: [],
};

/** Returns the function from the first namespace that has it. */
function functionNamed(
  name: string,
  documents: MetadataDocuments,
  apis: readonly string[],
  isMeant: (fn: MetadataFunction) => boolean = () => true,
): MetadataFunction | undefined {
  return apis.flatMap((api) => entryNamed(documents.get(api)?.Functions ?? [], name) ?? []).find(isMeant);
}

/** The types that a function returns or writes: handles, and pointers to structs without fields. */
function madeBy({ ReturnType, Params }: MetadataFunction): Reference[] {
  const written = Params.filter(
    ({ Attrs }) => hasAttribute(Attrs, 'Out') && !hasAttribute(Attrs, 'DoNotRelease'),
  ).flatMap(({ Type }) => (Type.Kind === 'PointerTo' ? [Type.Child] : []));
  return [ReturnType, ...written].flatMap((type): Reference[] => {
    const once: MetadataType = type.Kind === 'PointerTo' ? type.Child : type;
    const plain: MetadataType = once.Kind === 'PointerTo' ? once.Child : once;
    return plain.Kind === 'ApiRef' && plain.TargetKind === 'Default' ? [plain] : [];
  });
}

function releaseOf(
  type: Reference,
  documents: MetadataDocuments,
  apis: readonly string[],
): MetadataFunction | undefined {
  const entry = entryNamed(documents.get(type.Api)?.Types ?? [], type.Name);
  if (!entry) return undefined;
  const isOpaque = entry.Kind === 'Struct' && (entry.Fields ?? []).length === 0;
  if (entry.FreeFunc) {
    return functionNamed(entry.FreeFunc, documents, apis, ({ Params }) => Params.length === 1);
  }
  if (!isOpaque) return undefined;
  const takesIt = ({ Params: [first, ...others] }: MetadataFunction) =>
    others.length === 0 &&
    first?.Type.Kind === 'PointerTo' &&
    first.Type.Child.Kind === 'ApiRef' &&
    keyOf(first.Type.Child) === keyOf(type);
  const ending = (documents.get(type.Api)?.Functions ?? []).filter((one) => endsIt(one.Name) && takesIt(one));
  return ending.length === 1 ? ending[0] : undefined;
}

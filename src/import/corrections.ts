/**
 * Corrects Win32 metadata before the import: objects that it declares as `void *`, the texts of ICU, which it declares
 * as UInt16, and memory whose type or size is only on the function's page.
 */
import { namesCount, namesSize } from '../definition/size-names.js';
import { withLevel } from './levels.js';
import {
  hasAttribute,
  type MetadataDocument,
  type MetadataDocuments,
  type MetadataFunction,
  type MetadataParameter,
  type MetadataType,
  type MetadataTypeEntry,
} from './metadata.js';

/** An object that metadata declares as an address. */
interface OpaqueObject {
  readonly api: string;
  readonly type: string;
  /** The functions that take or create it. */
  readonly functions: RegExp;
  /** The names of its parameters in these functions. */
  readonly parameters: RegExp;
  /** The functions that return it and require the caller to close it. */
  readonly makers?: RegExp;
}

const ICU = 'Globalization';

/** Describes an object of ICU: the functions with its prefix take it under any name, others under the given names. */
function icuObject(type: string, prefix: string, self: RegExp, others: RegExp = /^$/): OpaqueObject[] {
  const functions = new RegExp(`^${prefix}_`);
  return [
    { api: ICU, type, functions, parameters: self, makers: new RegExp(`^${prefix}_(open|clone)`) },
    { api: ICU, type, functions: /^u[a-z]+_/, parameters: others },
  ];
}

/**
 * Sources: ucal.h, udat.h, udatpg.h, uformattable.h, umsg.h, unum.h and utrans.h of ICU, where each type is a name for
 * `void *`; the pages of CreateLogMarshallingArea and PfCreateInterface.
 */
const OBJECTS: readonly OpaqueObject[] = [
  ...icuObject('UCalendar', 'ucal', /^cal[12]?$/, /^calendar(ToSet)?$/),
  ...icuObject('UDateFormat', 'udat', /^(fmt|format)$/),
  ...icuObject('UDateTimePatternGenerator', 'udatpg', /^(dtpg|unusedDtpg)$/),
  ...icuObject('UFormattable', 'ufmt', /^fmt$/),
  ...icuObject('UMessageFormat', 'umsg', /^(fmt|format)$/),
  ...icuObject('UNumberFormat', 'unum', /^(fmt|format)$/, /^(numberFormatTo(Set|Adopt)|nfToAdopt)$/),
  ...icuObject('UTransliterator', 'utrans', /^(trans|adoptedTrans)$/),
  { api: 'Storage.FileSystem', type: 'CLFS_MARSHALLING_AREA', functions: /Log/, parameters: /^p?pvMarshal(Context)?$/ },
  {
    api: 'NetworkManagement.IpHelper',
    type: 'PF_INTERFACE',
    functions: /^Pf/,
    parameters: /^(pp?Interface|pInInterface|pOutInterface|ih)$/,
  },
];

/** Memory whose type is only on the function's page. */
const MEMORY: readonly (readonly [functions: RegExp, parameter: string, type: string])[] = [
  [/^FindFirstFile(Ex|Transacted|ExFromApp)W$/, 'lpFindFileData', 'WIN32_FIND_DATAW'],
  [/^FindFirstFile(Ex|Transacted)A$/, 'lpFindFileData', 'WIN32_FIND_DATAA'],
  [/^GetFileAttributes(Ex|Transacted|ExFromApp)[AW]$/, 'lpFileInformation', 'WIN32_FILE_ATTRIBUTE_DATA'],
  [/^Find(First|Next)Stream(Transacted)?W$/, 'lpFindStreamData', 'WIN32_FIND_STREAM_DATA'],
  [/^GetBestInterfaceEx$/, 'pDestAddr', 'SOCKADDR_INET'],
];

/** Addresses in another process: the function itself does not follow them. */
const ADDRESSES: readonly (readonly [functions: RegExp, parameter: string])[] = [
  [/^(K32)?GetMappedFileName[AW]$/, 'lpv'],
  [/^VirtualQueryEx$/, 'lpAddress'],
  [/^ReadProcessMemory$/, 'lpBaseAddress'],
];

/** Parameters that the function does not write, although metadata marks them as outputs. Source: the page of each function. */
const GIVEN: readonly (readonly [functions: RegExp, parameter: string])[] = [
  [/^CreateProcess(AsUser|WithLogon|WithToken)?[AW]$/, 'lpCommandLine'],
  [/^GetLengthSid$/, 'pSid'],
  [/^RouterLogEventData[AW]$/, 'lpDataBytes'],
  [/^WSCWriteNameSpaceOrder(32)?$/, 'lpProviderId'],
  [/^WSCWriteProviderOrder(32)?$/, 'lpwdCatalogEntryId'],
];

/**
 * Arrays that metadata declares as one value, with the parameter that holds the number of elements. Source: the page of
 * each function; for PfRemoveFilterHandles, fltdefs.h.
 */
const COUNTED: readonly (readonly [functions: RegExp, parameter: string, count: string])[] = [
  [/^GetStringType(Ex)?[AW]$/, 'lpCharType', 'cchSrc'],
  [/^PfRemoveFilterHandles$/, 'pvHandles', 'cFilters'],
  [/^RouterLogEventData[AW]$/, 'lpDataBytes', 'dwDataBytes'],
  [/^WSAPoll$/, 'fdArray', 'fds'],
  [/^WSCWriteNameSpaceOrder(32)?$/, 'lpProviderId', 'dwNumberOfEntries'],
  [/^WSCWriteProviderOrder(32)?$/, 'lpwdCatalogEntryId', 'dwNumberOfEntries'],
];

/** Memory that the function allocates, and the function that frees it. Source: the page of each function. */
const FREED: readonly (readonly [functions: RegExp, parameter: string, free: string])[] = [
  [/^getaddrinfo$/, 'ppResult', 'freeaddrinfo'],
  [/^GetAddrInfoW$/, 'ppResult', 'FreeAddrInfoW'],
  [/^Get(IfTable2(Ex)?|(Inverted)?IfStackTable|IpInterfaceTable|IpPathTable)$/, 'Table', 'FreeMibTable'],
  [/^Get((Any|Multi|Uni)castIpAddressTable|IpForwardTable2|IpNetTable2)$/, 'Table', 'FreeMibTable'],
  [/^NetGetJoinInformation$/, 'lpNameBuffer', 'NetApiBufferFree'],
  [/^PowerGetActiveScheme$/, 'ActivePolicyGuid', 'LocalFree'],
];

/** The namespaces of these tables. */
const TABLED = new Set([
  'NetworkManagement.IpHelper',
  'NetworkManagement.NetManagement',
  'NetworkManagement.Rras',
  'Networking.WinSock',
  'Security',
  'Storage.FileSystem',
  'System.Diagnostics.Debug',
  'System.Memory',
  'System.Power',
  'System.ProcessStatus',
  'System.Threading',
]);

/** Parameters of ICU that are a UVersionInfo: four bytes. Source: uversion.h. */
const VERSIONS = /^(versionArray|versionInfo|dataVersionFillin|info)$/;

/** Cache of corrected documents, because the time for correcting one grows with its functions. */
const done = new WeakMap<MetadataDocument, MetadataDocument>();

/** Returns the corrected documents. */
export function corrected(documents: MetadataDocuments): MetadataDocuments {
  return {
    get: (api) => {
      const document = documents.get(api);
      if (!document) return undefined;
      const right = done.get(document) ?? correctDocument(api, document);
      done.set(document, right);
      return right;
    },
  };
}

function correctDocument(api: string, document: MetadataDocument): MetadataDocument {
  const objects = OBJECTS.filter((one) => one.api === api);
  if (objects.length === 0 && !TABLED.has(api)) return document;
  const names = new Set(objects.map(({ type }) => type));
  const struct = (name: string) =>
    name === 'PWSTR' ? TEXT : document.Types.some(({ Name }) => Name === name) ? reference(name, api) : undefined;
  return {
    Types: [...document.Types, ...[...names].map(opaque)],
    Functions: document.Functions.map((fn) => withLevel(fn, struct) ?? correctFunction(fn, api, objects)),
  };
}

const opaque = (Name: string): MetadataTypeEntry => ({ Name, Kind: 'Struct', Architectures: [], Fields: [] });

function correctFunction(fn: MetadataFunction, api: string, objects: readonly OpaqueObject[]): MetadataFunction {
  const ours = objects.filter(({ functions }) => functions.test(fn.Name));
  const memory = MEMORY.filter(([functions]) => functions.test(fn.Name));
  const given = GIVEN.filter(([functions]) => functions.test(fn.Name));
  const addresses = ADDRESSES.filter(([functions]) => functions.test(fn.Name));
  const counted = COUNTED.filter(([functions]) => functions.test(fn.Name));
  const freed = FREED.filter(([functions]) => functions.test(fn.Name));
  const isIcu = api === ICU && /^icu[a-z]*\.dll$/i.test(fn.DllImport);
  if (ours.length + memory.length + given.length + addresses.length + counted.length + freed.length === 0 && !isIcu)
    return fn;
  const made = ours.find(({ makers }) => makers?.test(fn.Name));
  const { Name, SetLastError, DllImport, Architectures, Platform, ReturnType } = fn;
  const returned = isIcu && isCharacters(ReturnType) ? TEXT : ReturnType;
  return {
    ...{ Name, SetLastError, DllImport, Architectures, Platform },
    ReturnType: made && isVoids(returned) ? to(reference(made.type, api)) : returned,
    Params: fn.Params.map((written, index) => {
      const one = asFreed(asCounted(written, fn.Params, counted), freed);
      const object = ours.find(({ parameters }) => parameters.test(one.Name));
      if (object) return asObject(one, reference(object.type, api), isIcu);
      const [, , type] = memory.find(([, parameter]) => parameter === one.Name) ?? [];
      if (type !== undefined) return { ...one, Type: to(reference(type, api)) };
      if (addresses.some(([, parameter]) => parameter === one.Name)) return { ...one, Type: ADDRESS };
      if (given.some(([, parameter]) => parameter === one.Name)) return asGiven(one);
      return isIcu ? asIcuText(one, fn.Params[index + 1]) : one;
    }),
  };
}

/**
 * Replaces `void *` with the object. `void **` is the place where the function writes it; in ICU it is the object as
 * well.
 */
function asObject(one: MetadataParameter, type: MetadataType, isIcu: boolean): MetadataParameter {
  const isDeep = isVoids(one.Type);
  if (!isDeep && !isPointerTo(one.Type, 'Void')) return one;
  const isMade = isDeep && !isIcu;
  return isMade ? { ...one, Type: to(to(type)), Attrs: ['Out'] } : { ...asGiven(one), Type: to(type) };
}

/** Returns a pointer to one value as a pointer to as many elements as another parameter says. */
function asCounted(
  one: MetadataParameter,
  all: readonly MetadataParameter[],
  counted: readonly (readonly [functions: RegExp, parameter: string, count: string])[],
): MetadataParameter {
  const [, , count] = counted.find(([, parameter]) => parameter === one.Name) ?? [];
  const CountParamIndex = all.findIndex(({ Name }) => Name === count);
  if (CountParamIndex < 0 || one.Type.Kind !== 'PointerTo') return one;
  return { ...one, Type: { Kind: 'LPArray', CountConst: -1, CountParamIndex, Child: one.Type.Child } };
}

/** Returns a pointer to memory that the function allocates, with the function that frees it. */
function asFreed(
  one: MetadataParameter,
  freed: readonly (readonly [functions: RegExp, parameter: string, free: string])[],
): MetadataParameter {
  const [, , free] = freed.find(([, parameter]) => parameter === one.Name) ?? [];
  const attribute = { Kind: 'FreeWith', Arguments: [free] };
  return free === undefined ? one : { ...one, Attrs: [...one.Attrs, attribute] };
}

/** Returns the parameter as one that the function only reads. */
const asGiven = (one: MetadataParameter): MetadataParameter => ({
  ...one,
  Attrs: one.Attrs.filter((each) => each !== 'Out'),
});

function asIcuText(one: MetadataParameter, next: MetadataParameter | undefined): MetadataParameter {
  const { Name, Type, Attrs } = one;
  if (isPointerTo(Type, 'Byte') && VERSIONS.test(Name))
    return {
      ...one,
      Type: { Kind: 'LPArray', CountConst: 4, CountParamIndex: -1, Child: { Kind: 'Native', Name: 'Byte' } },
    };
  if (!isCharacters(Type)) return one;
  const isCounted = next !== undefined && (namesSize(next.Name) || namesCount(next.Name));
  if (isCounted) return { ...one, Type: to({ Kind: 'Native', Name: 'Char' }) };
  return { ...one, Type: TEXT, Attrs: hasAttribute(Attrs, 'Out') ? Attrs : [...Attrs, 'Const'] };
}

const to = (Child: MetadataType): MetadataType => ({ Kind: 'PointerTo', Child });

const reference = (Name: string, Api: string): MetadataType => ({
  Kind: 'ApiRef',
  Name,
  TargetKind: 'Default',
  Api,
  Parents: [],
});

const ADDRESS: MetadataType = { Kind: 'Native', Name: 'UIntPtr' };

const TEXT = reference('PWSTR', 'Foundation');

const isPointerTo = (type: MetadataType, name: string) =>
  type.Kind === 'PointerTo' && type.Child.Kind === 'Native' && type.Child.Name === name;

const isCharacters = (type: MetadataType) => isPointerTo(type, 'UInt16');

const isVoids = (type: MetadataType) => type.Kind === 'PointerTo' && isPointerTo(type.Child, 'Void');

/**
 * Network management functions in which a level selects the struct, which metadata declares as bytes. The import fixes
 * one level, which needs no special rights. Source: the page of each function, such as nf-lmshare-netshareenum.
 */
import type { MetadataFunction, MetadataParameter, MetadataType } from './metadata.js';

interface Level {
  readonly level: number;
  readonly type: string;
}

/** Structs that the function writes, in memory that NetApiBufferFree frees: one, or as many as `entriesread` says. */
const WRITTEN = `
  NetShareEnum 1 SHARE_INFO_1; NetShareGetInfo 1 SHARE_INFO_1; NetSessionEnum 10 SESSION_INFO_10;
  NetSessionGetInfo 10 SESSION_INFO_10; NetConnectionEnum 1 CONNECTION_INFO_1; NetFileEnum 3 FILE_INFO_3;
  NetFileGetInfo 3 FILE_INFO_3; NetUserEnum 20 USER_INFO_20; NetUserGetInfo 20 USER_INFO_20;
  NetUserGetGroups 0 GROUP_USERS_INFO_0; NetUserGetLocalGroups 0 LOCALGROUP_USERS_INFO_0;
  NetUserModalsGet 0 USER_MODALS_INFO_0; NetGroupEnum 2 GROUP_INFO_2; NetGroupGetInfo 2 GROUP_INFO_2;
  NetGroupGetUsers 0 GROUP_USERS_INFO_0; NetLocalGroupEnum 1 LOCALGROUP_INFO_1;
  NetLocalGroupGetInfo 1 LOCALGROUP_INFO_1; NetLocalGroupGetMembers 2 LOCALGROUP_MEMBERS_INFO_2;
  NetWkstaGetInfo 100 WKSTA_INFO_100; NetWkstaUserEnum 1 WKSTA_USER_INFO_1; NetServerGetInfo 101 SERVER_INFO_101;
  NetServerEnum 101 SERVER_INFO_101; NetUseEnum 1 USE_INFO_1; NetUseGetInfo 1 USE_INFO_1; NetRemoteTOD 0 TIME_OF_DAY_INFO
`;

/**
 * Structs that the function reads: one, or as many as `totalentries` says. For a function that changes one setting, the
 * level of the setting that people change.
 */
const READ = `
  NetShareAdd 2 SHARE_INFO_2; NetUserAdd 1 USER_INFO_1; NetGroupAdd 1 GROUP_INFO_1; NetLocalGroupAdd 1 LOCALGROUP_INFO_1;
  NetLocalGroupAddMembers 3 LOCALGROUP_MEMBERS_INFO_3; NetLocalGroupDelMembers 3 LOCALGROUP_MEMBERS_INFO_3;
  NetLocalGroupSetMembers 3 LOCALGROUP_MEMBERS_INFO_3; NetGroupSetUsers 0 GROUP_USERS_INFO_0;
  NetUserSetInfo 1008 USER_INFO_1008; NetUserModalsSet 0 USER_MODALS_INFO_0; NetGroupSetInfo 1002 GROUP_INFO_1002;
  NetLocalGroupSetInfo 1002 LOCALGROUP_INFO_1002; NetServerSetInfo 1005 SERVER_INFO_1005; NetShareSetInfo 1004 SHARE_INFO_1004;
  NetUseAdd 1 USE_INFO_1
`;

/** Functions that return a text, which metadata declares as bytes. */
const TEXTS = new Set(['NetGetDCName', 'NetGetAnyDCName']);

const levels = (table: string): ReadonlyMap<string, Level> =>
  new Map(
    table.split(';').map((line) => {
      const [name = '', level, type = ''] = line.trim().split(' ');
      return [name, { level: Number(level), type }];
    }),
  );

const written = levels(WRITTEN);
const read = levels(READ);

/** No limit: MAX_PREFERRED_LENGTH of lmcons.h. */
const ALL = 0xffffffff;

/**
 * Returns the function with its struct in place of bytes; undefined for any other function, or if the struct is
 * missing.
 */
export function withLevel(
  fn: MetadataFunction,
  struct: (name: string) => MetadataType | undefined,
): MetadataFunction | undefined {
  const text = TEXTS.has(fn.Name) ? struct('PWSTR') : undefined;
  if (text) return changed(fn, (one) => (isBuffer(one) ? makes(one, text, []) : one));
  const chosen = written.get(fn.Name) ?? read.get(fn.Name);
  const type = chosen && struct(chosen.type);
  if (!chosen || !type) return undefined;
  const change = written.has(fn.Name) ? makes : takes;
  const count = fn.Params.findIndex(({ Name }) => (change === makes ? /^entriesread$/i : /^totalentries$/i).test(Name));
  return changed(fn, (one) => {
    if (/^level(flags)?$/i.test(one.Name))
      return constant(one, chosen.level, `for ${chosen.type}; another level has another struct`);
    if (/^pref\w*max(len|imumsize)$/i.test(one.Name)) return constant(one, ALL);
    if (/^servername$/i.test(one.Name)) return { ...one, Type: struct('PWSTR') ?? one.Type };
    return isBuffer(one) ? change(one, type, count < 0 ? [] : [count]) : one;
  });
}

/** Functions from a .winmd file have getters, so they cannot be copied by spreading. */
function changed(fn: MetadataFunction, change: (one: MetadataParameter) => MetadataParameter): MetadataFunction {
  const { Name, SetLastError, DllImport, ReturnType, Architectures, Platform, Params } = fn;
  return { Name, SetLastError, DllImport, ReturnType, Architectures, Platform, Params: Params.map(change) };
}

const isBuffer = ({ Name }: MetadataParameter) => /^buf(fer)?(ptr)?$/i.test(Name);

const constant = (one: MetadataParameter, Value: number, Why?: string): MetadataParameter => ({
  Name: one.Name,
  Type: one.Type,
  Attrs: [...one.Attrs, { Kind: 'Constant', Value, ...(Why !== undefined && { Why }) } as { readonly Kind: string }],
});

/** Marks a parameter through which the function returns elements that it allocates. */
function makes(one: MetadataParameter, type: MetadataType, [count]: readonly number[]): MetadataParameter {
  const pointer: MetadataType = { Kind: 'PointerTo', Child: type };
  const isText = type.Kind === 'ApiRef' && type.Name === 'PWSTR';
  const free = { Kind: 'FreeWith', Arguments: ['NetApiBufferFree'] };
  const elements = count === undefined ? [] : [{ Kind: 'Elements', CountParamIndex: count }];
  return { ...one, Type: isText ? pointer : { Kind: 'PointerTo', Child: pointer }, Attrs: ['Out', free, ...elements] };
}

function takes(one: MetadataParameter, Child: MetadataType, [count]: readonly number[]): MetadataParameter {
  const CountParamIndex = count ?? -1;
  const Type: MetadataType =
    CountParamIndex < 0 ? { Kind: 'PointerTo', Child } : { Kind: 'LPArray', CountConst: -1, CountParamIndex, Child };
  return { ...one, Type, Attrs: ['In', 'Const'] };
}

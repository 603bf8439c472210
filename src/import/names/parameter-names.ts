/**
 * Names of parameters without the prefixes that encode C types: lpFileName becomes FileName, cbData DataSize, hwndOwner
 * OwnerWindow. A prefix must be in lower case, precede a capital letter and be in the tables below, so that no word is
 * cut: Dwell, Hour, FontName and Channel stay.
 */
import { nameProblems } from '../../definition/checks/parameter-names.js';
import { singularNoun } from '../../definition/nouns.js';
import { own } from '../../definition/own.js';
import { pascal, upperFirst } from './words.js';

export interface NamedParameter {
  readonly Name: string;
  /** The type in Win32 metadata; absent if unknown. */
  readonly Type?: { readonly Kind: string; readonly Name?: string };
}

/**
 * Returns a name for each parameter: PascalCase, letters and digits, unique in any case, and not reserved by
 * PowerShell. If two would have the same name without their prefixes, the second gets a suffix: hPrinter and pPrinter
 * become Printer and PrinterData.
 */
export function parameterNames(parameters: readonly NamedParameter[]): string[] {
  const taken = new Set<string>();
  return parameters.map((parameter, index) => {
    const whole = pascal(partsOf(parameter.Name)).replace(/^[0-9]+/, '') || `Parameter${index + 1}`;
    const plain = plainName(parameter) ?? whole;
    const candidates = [plain, plain + sortOf(parameter), whole].map((one) =>
      unreserved(one.slice(0, LONGEST), parameter),
    );
    const name = candidates.find((one) => !taken.has(one.toLowerCase())) ?? numbered(candidates[2] as string, taken);
    taken.add(name.toLowerCase());
    return name;
  });
}

const LONGEST = 70;

const partsOf = (name: string) => name.split(/[^A-Za-z0-9]+/).filter((part) => part !== '');

function numbered(name: string, taken: ReadonlySet<string>): string {
  let number = 2;
  while (taken.has(`${name}${number}`.toLowerCase())) number += 1;
  return `${name}${number}`;
}

/** Adds a word to a name that PowerShell reserves: hEvent becomes EventHandle. */
function unreserved(name: string, parameter: NamedParameter): string {
  const key = name.toLowerCase();
  if (nameProblems(name).length === 0 && !OF_CMDLETS.has(key)) return name;
  return own(BETTER, key) ?? `${name}${sortOf(parameter) === 'Handle' ? 'Handle' : 'Value'}`;
}

/** The word for a prefix, if the name needs one. */
function sortOf({ Name }: NamedParameter): string {
  if (/^_*(lp|p)?h[A-Z]/.test(Name)) return 'Handle';
  return /^_*(lp|p|pp|pv|lpv|pb|lpb)[A-Z]/.test(Name) ? 'Data' : '';
}

/** Names in place of PowerShell variables and common parameters. */
const BETTER: Readonly<Record<string, string>> = {
  args: 'Arguments',
  outbuffer: 'OutputBuffer',
  pid: 'ProcessId',
};

/** Parameters that cmdlets may have in addition to those of their functions. */
const OF_CMDLETS = new Set(['inputobject', 'reason']);

/** Returns the name without its prefix; undefined for one that has none. */
function plainName({ Name, Type }: NamedParameter): string | undefined {
  const name = Name.replace(/^(_|m_)+/, '');
  if (name.length === 1 && Type?.Name === 'SOCKET') return 'Socket';
  const whole = own(WHOLE, name);
  if (whole !== undefined) return whole;
  const [, prefix = '', rest = ''] = /^([a-z]+)([A-Z0-9].*)$/.exec(name.replace(/^(lp|p)?hWnd/, 'hwnd')) ?? [];
  const shown = own(PREFIXES, prefix);
  if (shown === undefined) return undefined;
  if (/^[0-9]/.test(rest)) return `${own(WHOLE, prefix) ?? upperFirst(prefix)}${pascal(partsOf(rest))}`;
  return withMeaning(pascal(partsOf(rest)), shown);
}

/** Adds the meaning of the prefix to the name, unless the name contains it. */
function withMeaning(name: string, meaning: string): string {
  if (meaning === '' || name.endsWith(meaning)) return name;
  if (meaning === 'Count') return `${singularNoun(name)}Count`;
  const isSize = meaning === 'Size' || meaning === 'Length';
  return isSize && /Bytes|Chars|(Size|Length|Len|Count)[0-9]?$/.test(name) ? name : `${name}${meaning}`;
}

/** Whole names that consist of a prefix or an abbreviation, and words that C programs write without capitals. */
const WHOLE: Readonly<Record<string, string>> = {
  addr: 'Address',
  addrlen: 'AddressLength',
  basepath: 'BasePath',
  buf: 'Buffer',
  buflen: 'BufferLength',
  bufptr: 'Buffer',
  cb: 'Size',
  cCharacter: 'Character', // In FillConsoleOutputCharacter: the character to write, not a count.
  cch: 'Length',
  clsid: 'ClassId',
  cnt: 'Count',
  crKey: 'ColorKey',
  ctx: 'Context',
  cwDstLength: 'DstLength',
  cwSrcLength: 'SrcLength',
  cx: 'Width',
  cy: 'Height',
  domainname: 'DomainName',
  dst: 'Destination',
  dest: 'Destination',
  entriesread: 'EntriesRead',
  esFlags: 'Flags',
  fdArray: 'Sockets',
  fds: 'SocketCount',
  filename: 'FileName',
  fromlen: 'FromLength',
  fuLoad: 'Flags',
  gaFlags: 'Flags',
  groupname: 'GroupName',
  hdc: 'DC',
  hDC: 'DC',
  hicon: 'Icon',
  himl: 'ImageList',
  hinst: 'Instance',
  hkey: 'Key',
  hmenu: 'Menu',
  hmod: 'Module',
  hostshort: 'HostShort',
  hostlong: 'HostLong',
  hrgn: 'Region',
  hwnd: 'Window',
  hWnd: 'Window',
  idx: 'Index',
  iid: 'InterfaceId',
  len: 'Length',
  lParam: 'LParam', // LPARAM and WPARAM have no meaning of their own.
  lpfn: 'Callback',
  lprc: 'Rect',
  lprect: 'Rect',
  lpspc: 'Capabilities',
  lpwndpl: 'Placement',
  lpsz: 'Text',
  localgroupname: 'LocalGroupName',
  msg: 'Message',
  namelen: 'NameLength',
  netlong: 'NetLong',
  netname: 'NetName',
  netshort: 'NetShort',
  newpassword: 'NewPassword',
  oldpassword: 'OldPassword',
  optlen: 'OptionLength',
  optname: 'OptionName',
  optval: 'OptionValue',
  parm_err: 'ParameterError',
  ParmError: 'ParameterError',
  pati: 'TabInfo',
  pfn: 'Callback',
  pfwi: 'FlashInfo',
  pgui: 'ThreadInfo',
  phwnd: 'Window',
  prc: 'Rect',
  prefmaxlen: 'PreferredMaxLength',
  psz: 'Text',
  pti: 'TitleBarInfo',
  pv: 'Data',
  ppv: 'Object',
  pwi: 'WindowInfo',
  rclsid: 'ClassId',
  resumehandle: 'ResumeHandle',
  rfid: 'FolderId',
  riid: 'InterfaceId',
  samDesired: 'DesiredAccess', // A mask of access rights.
  servername: 'ServerName',
  servertype: 'ServerType',
  src: 'Source',
  sz: 'Text',
  tid: 'ThreadId',
  tolen: 'ToLength',
  totalentries: 'TotalEntries',
  ucchMax: 'MaxLength',
  username: 'UserName',
  wParam: 'WParam',
};

/** Prefixes, and the suffix that replaces each. Without the suffix, the name of a count or size would be misleading. */
const PREFIXES: Readonly<Record<string, string>> = {
  // Prefixes of pointers, numbers, truth values, texts, handles, callbacks and times repeat the type.
  ...meaning('', 'lp p pp ppp pv ppv lpv lpp lplp plp rg prg a pa pg punk ppunk pdisp pvar lpsa'),
  ...meaning(
    '',
    'n pn lpn i pi lpi l pl lpl ll pll u pu lpu ui pui ul pul lpul ull pull us pus w pw lpw dw pdw lpdw qw pqw li pli dbl pdbl flt pflt',
  ),
  ...meaning('', 'b f pf lpf fu fdw grf fl e pe pb ppb lpb'),
  ...meaning(
    '',
    'sz psz ppsz lpsz lplpsz wsz pwsz ppwsz lpwsz tsz ptsz lptsz wz pwz ppwz pcsz pcwsz lpcsz lpcwsz lpstr lpwstr lptstr pstr pwstr ptstr bstr pbstr msz mszz',
  ),
  ...meaning('', 'plpsz dwl ldw lpwd'),
  ...meaning('', 'h ph lph pfn lpfn fn ft pft lpft st pst lpst pguid lpguid pluid pmk psid ppsid dn pdn'),
  ...meaning('Size', 'cb pcb lpcb cj pcj'),
  ...meaning('Length', 'cch pcch lpcch cwc pcwc'),
  ...meaning('Count', 'c pc lpc celt pcelt'),
  ...meaning('Id', 'id lpid pid'),
  ...meaning('Window', 'hwnd phwnd'),
  ...meaning('Key', 'hk hkey phk phkey'),
  ...meaning('DC', 'hdc'),
  ...meaning('Instance', 'hinst'),
  ...meaning('Module', 'hmod phmod'),
  ...meaning('Menu', 'hmenu'),
  ...meaning('Bitmap', 'hbm hbmp'),
  ...meaning('Icon', 'hicon phicon'),
  ...meaning('Region', 'hrgn'),
  ...meaning('Rect', 'rc prc lprc'),
  ...meaning('Point', 'pt'),
};

function meaning(end: string, prefixes: string): Record<string, string> {
  return Object.fromEntries(prefixes.split(' ').map((prefix) => [prefix, end]));
}

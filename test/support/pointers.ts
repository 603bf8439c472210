/** A definition over functions of the stand-in that return memory, in the long form. */

const input = (name: string, type: unknown = 'ULONG') => ({ name, type, direction: 'in', isSize: false });

const fn = (parameters: readonly unknown[], returns: object, more: object = {}) => ({
  description: 'Hands out memory.',
  callingConvention: 'stdcall',
  changesState: false,
  parameters,
  returns: { failure: 'none', ...returns },
  ...more,
});

const returned = (type: unknown, more: object = {}) => ({ type, resultName: 'Value', ...more });
const freed = { allocated: 'byFunction', free: 'PointersFree' };

export const POINTERS = {
  name: 'Pointers',
  library: 'pointers.dll',
  types: {
    Row: {
      type: {
        struct: [
          { name: 'name', type: 'LPCSTR', optional: true },
          { name: 'count', type: 'ULONG' },
          { name: 'bytes', type: { pointer: 'BYTE', count: { field: 'count' } } },
          { name: 'wide', type: 'LPCWSTR' },
        ],
      },
    },
    Node: {
      type: {
        struct: [
          { name: 'next', type: { pointer: 'Node' }, next: true },
          { name: 'number', type: 'LONG', isSize: false },
          { name: 'label', type: 'LPCSTR' },
        ],
      },
    },
    Service: {
      type: {
        struct: [
          { name: 'name', type: 'LPCSTR' },
          { name: 'state', type: 'LONG' },
        ],
      },
    },
  },
  functions: {
    PointersOutstanding: fn([], returned('LONG')),
    PointersFree: fn([input('memory', 'HANDLE')], { type: 'void' }),
    PointersFill: fn([input('index'), { name: 'row', type: 'Row', direction: 'out' }], { type: 'LONG' }),
    PointersSum: fn([{ name: 'row', type: 'Row', direction: 'in', pointer: true }], returned('LONG')),
    PointersRow: fn([input('index')], returned({ pointer: 'Row' })),
    PointersRows: fn(
      [
        input('wanted'),
        input('code'),
        { name: 'rows', type: { pointer: 'Row', count: { parameter: 'made' } }, direction: 'out', ...freed },
        { name: 'made', type: 'ULONG', direction: 'out' },
      ],
      { type: 'ULONG', failure: 'win32' },
    ),
    PointersText: fn([input('length')], returned('LPCSTR', freed)),
    PointersTextOut: fn([input('length'), { name: 'text', type: 'LPCWSTR', direction: 'out', ...freed }], {
      type: 'LONG',
      failure: { when: 'zero', code: 'none' },
    }),
    PointersList: fn([input('length'), input('isEndless', 'LONG')], returned({ pointer: 'Node', limit: 100 }, freed)),
    PointersFollow: fn([{ name: 'first', type: 'Node', direction: 'in', pointer: true }], returned('LONG')),
    PointersListInto: fn(
      [
        input('length'),
        input('way'),
        {
          name: 'memory',
          type: { array: 'Node', length: { parameter: 'size', unit: 'bytes' } },
          direction: 'out',
          grow: { on: [111] },
        },
        { name: 'size', type: 'ULONG', direction: 'inout' },
      ],
      { type: 'ULONG', failure: 'win32' },
    ),
    PointersServices: fn(
      [
        input('length'),
        input('way'),
        {
          name: 'memory',
          type: { array: 'Service', length: { parameter: 'size', unit: 'bytes', written: 'needed', each: 'returned' } },
          direction: 'out',
          grow: { on: [234] },
        },
        { name: 'size', type: 'ULONG', direction: 'in' },
        { name: 'needed', type: 'ULONG', direction: 'out' },
        { name: 'returned', type: 'ULONG', direction: 'out' },
      ],
      { type: 'ULONG', failure: 'win32' },
    ),
  },
  cmdlets: {
    'Get-Row': 'PointersRow',
    'Get-FilledRow': 'PointersFill',
    'Measure-Row': 'PointersSum',
    'Get-ManyRow': 'PointersRows',
    'Get-AllocatedText': 'PointersText',
    'Get-Node': 'PointersList',
    'Get-NodeInto': 'PointersListInto',
    'Get-ServiceRow': 'PointersServices',
    'Get-OutstandingCount': 'PointersOutstanding',
  },
};

/** The same definition in the short form. */
export const POINTERS_SHORT = {
  name: 'PointersShort',
  library: 'pointers.dll',
  types: [
    'typedef struct { [optional] const char *name; uint32_t count; [count(count)] const uint8_t *bytes; const WCHAR *wide; } Row;',
    'typedef struct node { [next] struct node *next; [value] int32_t number; const char *label; } Node;',
    'typedef struct { const char *name; int32_t state; } Service;',
  ],
  functions: [
    'int32_t WINAPI PointersOutstanding(void);',
    '[returns(none)] int32_t WINAPI PointersFill(uint32_t index, [out] Row *row);',
    'int32_t WINAPI PointersSum([in] const Row *row);',
    '[fails(never)] const Row * WINAPI PointersRow(uint32_t index);',
    '[fails(nonzero, win32)] DWORD WINAPI PointersRows(uint32_t wanted, uint32_t code, [out, allocated(PointersFree), count(made)] Row **rows, [out] uint32_t *made);',
    '[allocated(PointersFree), fails(never)] char * WINAPI PointersText([in, value] uint32_t length);',
    '[fails(zero, none)] int32_t WINAPI PointersTextOut([in, value] uint32_t length, [out, allocated(PointersFree)] LPWSTR *text);',
    '[allocated(PointersFree), fails(never)] Node * WINAPI PointersList([in, value] uint32_t length, int32_t isEndless);',
    'int32_t WINAPI PointersFollow([in] const Node *first);',
    '[fails(nonzero, win32)] DWORD WINAPI PointersListInto([in, value] uint32_t length, uint32_t way, [out, bytes(size), grow(111)] Node *memory, [in, out] uint32_t *size);',
    '[fails(nonzero, win32)] DWORD WINAPI PointersServices([in, value] uint32_t length, uint32_t way, [out, bytes(size), each(returned), written(needed), grow(234)] Service *memory, uint32_t size, [out] uint32_t *needed, [out] uint32_t *returned);',
  ],
  cmdlets: POINTERS.cmdlets,
};

/** A definition over functions of libc that return memory. */
export const ACCOUNTS = {
  name: 'Accounts',
  library: { linux: 'libc.so.6' },
  types: [
    'struct passwd { char *pw_name; char *pw_passwd; uid_t pw_uid; gid_t pw_gid; char *pw_gecos; char *pw_dir; char *pw_shell; };',
    'struct tm { int tm_sec; int tm_min; int tm_hour; int tm_mday; int tm_mon; int tm_year; int tm_wday; int tm_yday; int tm_isdst; long tm_gmtoff; const char *tm_zone; };',
  ],
  functions: [
    'struct passwd *getpwuid(uid_t uid);',
    '[fails(zero, errno)] struct passwd *getpwnam(const char *name);',
    'struct tm *gmtime([in, value] const time_t *t);',
    '[allocated(free)] char *strdup(const char *s);',
    'struct ifaddrs { [next] struct ifaddrs *ifa_next; char *ifa_name; unsigned int ifa_flags; void *ifa_addr; void *ifa_netmask; void *ifa_dstaddr; void *ifa_data; };' +
      '[fails(minusOne, errno), returns(none)] int getifaddrs([out, allocated(freeifaddrs)] struct ifaddrs **ifap);',
  ],
  cmdlets: {
    'Get-Account': 'getpwuid',
    'Get-AccountByName': 'getpwnam',
    'ConvertTo-UtcTime': 'gmtime',
    'ConvertTo-CopiedText': 'strdup',
    'Get-NetworkName': 'getifaddrs',
  },
};

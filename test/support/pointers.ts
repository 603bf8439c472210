/** A definition over the stand-in's functions that hand out memory, in the long form. */

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
          { name: 'number', type: 'LONG' },
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

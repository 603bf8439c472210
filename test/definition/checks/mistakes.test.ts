import { describe, it } from 'vitest';
import { editedSample } from '../../support/definitions.js';
import { expectMistakes, type Row } from './rows.js';

const READ = '/functions/Read{Kind}';
const PARAMETER = `${READ}/parameters/0`;
const READ_POINTER = READ;

const check = (rows: readonly Row[]) => it.each(rows)('%s', (_name, edits, wanted) => expectMistakes(edits, wanted));

const error = {
  code: 9,
  symbol: 'E_X',
  id: 'NineFailed',
  category: 'InvalidData',
  message: 'M.',
  recommendedAction: 'R.',
};
const cmdlet = {
  synopsis: 'S.',
  description: 'D.',
  examples: [{ code: 'x', description: 'y' }],
  output: { kind: 'none' },
};
const ping = { description: 'P.', callingConvention: 'cdecl', parameters: [], changesState: false };

describe('variants', () => {
  check([
    [
      'a name whose spellings do not differ',
      {
        '/variants': { KIND: ['Red'] },
        '/functions': { Ping: { ...ping, returns: { type: 'BOOL', failure: 'none' } } },
        '/computed': {},
        '/errors': [error],
        '/cmdlets': [{ ...cmdlet, name: 'Test-Item', function: 'Ping' }],
      },
      [['/variants/KIND', /must be in Pascal case/]],
    ],
    [
      'words that differ in case only',
      { '/variants/Kind': ['Red', 'RED'] },
      [
        ['/variants/Kind', /two words differ only in case/],
        ['/functions/Read{Kind}', /'ReadRED' appears twice/],
        ['/functions/Write{Kind}', /'WriteRED' appears twice/],
        ['/cmdlets/0/name', /'Get-REDItem' appears twice/],
        ['/cmdlets/1/name', /'Set-REDItem' appears twice/],
      ],
    ],
    [
      'a function of an unknown variant',
      { '/functions/Ping{Size}': { ...ping, returns: { type: 'BOOL', failure: 'none' } } },
      [['/functions/Ping{Size}', /names the variant \{Size\}, which is not among the variants/]],
    ],
    [
      'a cmdlet of an unknown variant',
      { '/cmdlets/2/name': 'Test-{Size}Item' },
      [['/cmdlets/2', /names the variant \{Size\}/]],
    ],
    [
      'a text that uses a variant which the name does not have',
      { '/functions/Ping/description': 'Pings {kind}.' },
      [['/functions/Ping', /its text uses \{kind\}, but its name 'Ping' does not/]],
    ],
    [
      'two functions that become one when written out',
      { '/functions/ReadRed': { ...ping, returns: { type: 'BOOL', failure: 'none' } } },
      [['/functions/ReadRed', /the name 'ReadRed' appears twice/]],
    ],
  ]);
});

describe('types', () => {
  check([
    ['a built-in that is defined again', { '/types/USHORT': { type: 'ULONG' } }, [['/types/USHORT', /built-in type/]]],
    [
      'a name that is not known',
      { '/types/Other': { type: 'Nothing' } },
      [['/types/Other/type', /unknown type 'Nothing'/]],
    ],
    [
      'a name that objects have',
      { '/types/Other': { type: 'constructor' } },
      [['/types/Other/type', /unknown type 'constructor'/]],
    ],
    [
      'a cycle',
      { '/types/One': { type: 'Two' }, '/types/Two': { type: 'One' } },
      [
        ['/types/One/type', /refers to itself/],
        ['/types/Two/type', /refers to itself/],
      ],
    ],
    [
      'a struct inside itself',
      { '/types/Node': { type: { struct: [{ name: 'Next', type: 'Node' }] } } },
      [['/types/Node/type', /refer to themselves/]],
    ],
    [
      'a limit that does not fit',
      { '/types/Other': { type: 'BYTE', minimum: -1, maximum: 256 } },
      [
        ['/types/Other/minimum', /-1 does not fit into the type, which holds 0 to 255/],
        ['/types/Other/maximum', /256 does not fit/],
      ],
    ],
    [
      'a minimum above the maximum',
      { '/types/Other': { type: 'BYTE', minimum: 9, maximum: 3 } },
      [['/types/Other', /the minimum 9 is greater than the maximum 3/]],
    ],
    [
      'a limit of a string',
      { '/types/Other': { type: 'LPCWSTR', maximum: 3 } },
      [['/types/Other', /only an integer can have/]],
    ],
    [
      'a byte order of a byte',
      { '/types/Other': { type: 'BYTE', byteOrder: 'network' } },
      [['/types/Other/byteOrder', /16, 32 or 64 bits/]],
    ],
    [
      'a byte order of a pointer',
      { '/types/Other': { type: 'SIZE_T', byteOrder: 'network' } },
      [['/types/Other/byteOrder', /16, 32 or 64 bits/]],
    ],
    [
      'a field twice, and a field that does not resolve',
      {
        '/types/Other': {
          type: {
            struct: [
              { name: 'A', type: 'BYTE' },
              { name: 'A', type: 'BYTE', maximum: 300 },
            ],
          },
        },
      },
      [
        ['/types/Other/type/struct/1/name', /the field 'A' appears twice/],
        ['/types/Other/type/struct/1/maximum', /300 does not fit/],
      ],
    ],
    [
      'a value that does not fit, in an enum inside an array',
      { '/types/Other': { type: { array: { enum: { A: 300 }, base: 'BYTE' }, length: 2 } } },
      [['/types/Other/type/array/enum/A', /300 does not fit into BYTE/]],
    ],
    [
      'an enum on something else than an integer',
      { '/types/Other': { type: { enum: { A: 1 }, base: 'LPCWSTR' } } },
      [['/types/Other/type', /base of an enum must be an integer type, not 'LPCWSTR'/]],
    ],
    [
      'an enum value that its base cannot hold',
      { '/types/Other': { type: { enum: { A: 1, B: 256 }, base: 'BYTE' } } },
      [['/types/Other/type/enum/B', /256 does not fit into BYTE, which holds 0 to 255/]],
    ],
  ]);
});

describe('functions', () => {
  check([
    [
      'a parameter twice',
      { [`${READ}/parameters/2/name`]: 'first' },
      [
        [`${READ_POINTER}/parameters/2/name`, /the parameter 'first' appears twice/],
        ['/cmdlets/0/output/object', /needs 'Value'/],
      ],
    ],
    [
      'a common parameter',
      { '/functions/Ping/parameters': [{ name: 'Verbose', type: 'BYTE', direction: 'in' }] },
      [['/functions/Ping/parameters/0/name', /common parameter of PowerShell/]],
    ],
    [
      'a read-only variable',
      { '/functions/Ping/parameters': [{ name: 'host', type: 'BYTE', direction: 'in' }] },
      [['/functions/Ping/parameters/0/name', /variable/]],
    ],
    ['an unknown type', { [`${PARAMETER}/type`]: 'Nothing' }, [[`${PARAMETER}/type`, /unknown type 'Nothing'/]]],
    [
      'an out string without a buffer',
      { '/functions/Ping/parameters': [{ name: 'Text', type: { string: 'utf16' }, direction: 'out' }] },
      [['/functions/Ping/parameters/0', /needs a capacity/]],
    ],
    [
      'memory of the library to pass in',
      { '/functions/Ping/parameters': [{ name: 'Text', type: { pointer: 'LONG' }, direction: 'in' }] },
      [['/functions/Ping/parameters/0/type', /memory of the library, so its direction must be/]],
    ],
    [
      'a count in a field where there are no fields',
      {
        '/functions/Ping/parameters': [
          { name: 'Text', type: { pointer: 'LONG', count: { field: 'n' } }, direction: 'out' },
        ],
      },
      [['/functions/Ping/parameters/0/type/count', /'Text' is not a field/]],
    ],
    ...[
      [
        'no field',
        { pointer: 'BYTE', count: { field: 'm' } },
        /the count of 'p' should be in the field 'm', which does not exist/,
      ],
      ['a field that is no integer', { pointer: 'BYTE', count: { field: 't' } }, /'t' is not a plain integer/],
    ].map(([name, type, message]): [string, Record<string, unknown>, [string, RegExp][]] => [
      `a pointer that is counted by ${name}`,
      {
        '/types/S': {
          type: {
            struct: [
              { name: 'p', type },
              { name: 't', type: 'HANDLE' },
            ],
          },
        },
      },
      [['/types/S/type/struct/0/type', message as RegExp]],
    ]),
    [
      'memory that is freed by a function which takes no pointer',
      {
        '/functions/Ping/parameters': [
          { name: 'Text', type: 'LPCWSTR', direction: 'out', allocated: 'byFunction', free: 'Ping' },
        ],
      },
      [['/functions/Ping/parameters/0/free', /'Ping' cannot free memory: it must have one parameter/]],
    ],
    [
      'memory that is freed, of which nobody says that the function made it',
      { '/functions/Ping/parameters': [{ name: 'Text', type: { pointer: 'LONG' }, direction: 'out', free: 'x' }] },
      [['/functions/Ping/parameters/0', /need "allocated"/]],
    ],
    [
      'an allocated value that is no pointer',
      { '/functions/Ping/parameters': [{ name: 'Text', type: 'LONG', direction: 'out', allocated: 'byFunction' }] },
      [['/functions/Ping/parameters/0/allocated', /'Text' is not a pointer to memory/]],
    ],
    [
      'structs with texts in memory of a number of bytes, of nobody knows how many',
      {
        '/functions/Ping/parameters': [
          {
            name: 'List',
            type: {
              array: { struct: [{ name: 'a', type: 'LPCSTR' }] },
              length: { parameter: 'Size', unit: 'bytes' },
            },
            direction: 'out',
          },
          { name: 'Size', type: 'ULONG', direction: 'in', bound: true },
        ],
      },
      [['/functions/Ping/parameters/0/type', /how many structs there are: write "each"/]],
    ],
    ...constantRows(),
    ...returnRows(),
    [
      'a result name that a parameter has',
      { '/functions/Write{Kind}/returns/resultName': 'wide' },
      [['/functions/Write{Kind}/returns/resultName', /'wide' is also the name of a parameter/]],
    ],
  ]);
});

function constantRows(): Row[] {
  const rows: readonly [string, object, string, RegExp][] = [
    [
      'of an out parameter',
      { type: 'BYTE', direction: 'out', constant: 1 },
      '/constant',
      /an out parameter cannot be constant/,
    ],
    ['outside its type', { type: 'BYTE', direction: 'in', constant: 256 }, '/constant', /256 is outside 0 to 255/],
    [
      'outside its limits',
      { type: 'BYTE', direction: 'in', maximum: 9, constant: 10 },
      '/constant',
      /10 is outside 0 to 9/,
    ],
    [
      'that is no number',
      { type: 'ULONG', direction: 'in', constant: 'one' },
      '/constant',
      /'one' is not a whole number/,
    ],
    [
      'that is a number for a string',
      { type: 'LPCWSTR', direction: 'in', constant: 1 },
      '/constant',
      /must be a string/,
    ],
    ['of a float', { type: 'DOUBLE', direction: 'in', constant: 1 }, '/constant', /a float cannot be constant/],
  ];
  return rows.map(([name, parameter, place, message]) => [
    `a constant ${name}`,
    { '/functions/Ping/parameters': [{ name: 'P', ...parameter }] },
    [[`/functions/Ping/parameters/0${place}`, message]],
  ]);
}

function returnRows(): Row[] {
  const unfit: readonly [unknown, string][] = [
    ['USHORT', 'win32'],
    ['HANDLE', 'win32'],
    ['BOOL', 'hresult'],
    ['ULONG64', 'ntstatus'],
    ['DOUBLE', 'lastErrorIfZero'],
    ['BOOL', 'lastErrorIfInvalidHandle'],
  ];
  const struct = { struct: [{ name: 'A', type: 'BYTE' }] };
  const rules: readonly [string, object, string, RegExp][] = [
    ['DOUBLE', { when: 'zero', code: 'none' }, 'when', /no return value of this type/],
    ['BOOL', { when: 'minusOne', code: 'lastError' }, 'when', /no return value of this type/],
    ['LPCSTR', { when: 'negative', code: 'errno' }, 'when', /no return value of this type/],
    ['ULONG', { when: 'negative', code: 'returned' }, 'when', /no return value of this type/],
    ['BOOL', { when: { mask: 1 }, code: 'none' }, 'when', /no return value of this type/],
    ['HANDLE', { when: 'zero', code: 'returned' }, 'code', /cannot be such a code/],
    ['USHORT', { when: 'negative', code: 'hresult' }, 'code', /cannot be such a code/],
    ['LPCSTR', { when: 'zero', code: 'none', absent: [0] }, 'absent', /reports no code/],
    [
      'INT',
      { when: 'nonzero', code: 'returned', success: [1, 2], absent: [2] },
      'absent',
      /2 is also listed under success/,
    ],
  ];
  return [
    ...rules.map(
      ([type, failure, place, message]): Row => [
        `the rule ${JSON.stringify(failure)} of a ${type}`,
        { '/functions/Ping/returns': { type, failure } },
        [[`/functions/Ping/returns/failure/${place}`, message]],
      ],
    ),
    [
      'a 0 that cannot be told from an old code',
      {
        '/functions/Ping/mayBlock': true,
        '/functions/Ping/returns': { type: 'INT', failure: { when: 'zero', code: 'errno', success: [0] } },
      },
      [['/functions/Ping/returns/failure/success', /cannot clear the code/]],
    ],
    ...unfit.map(
      ([type, failure]): Row => [
        `a failure of kind ${failure} in a ${type}`,
        { '/functions/Ping/returns': { type, failure } },
        [['/functions/Ping/returns/failure', /does not fit a return value of this type/]],
      ],
    ),
    [
      'a struct as return value',
      { '/functions/Ping/returns': { type: struct, failure: 'none' } },
      [['/functions/Ping/returns/type', /a return value must be/]],
    ],
    [
      'a buffer as return value',
      { '/functions/Ping/returns': { type: { string: 'utf8', capacity: 9 }, failure: 'none' } },
      [['/functions/Ping/returns/type', /a return value must be/]],
    ],
  ];
}

describe('computed values', () => {
  check([
    ['an unknown type', { '/computed/Last/type': 'Nothing' }, [['/computed/Last/type', /unknown type/]]],
    [
      'a type that is no integer',
      { '/computed/Last/type': 'DOUBLE' },
      [['/computed/Last/type', /must have an integer type/]],
    ],
    [
      'a maximum that does not fit',
      { '/computed/Last/maximum': 65_536 },
      [['/computed/Last/maximum', /65536 does not fit into USHORT/]],
    ],
    [
      'a sum that no function has',
      { '/computed/Other': { ...editedSample().computed?.Last, sum: ['Nothing'] } },
      [['/computed/Other/sum', /no function or changing operation has all of Nothing/]],
    ],
    [
      'the name of a parameter, whatever its case',
      { '/computed/LENGTH': { ...editedSample().computed?.Last } },
      [['/computed/LENGTH', /also the name of a parameter/]],
    ],
    [
      'a sum over a wide integer',
      { '/functions/Read{Kind}/parameters/0/type': 'Big' },
      [['/computed/Last/sum', /'First' is not an integer of at most 32 bits/]],
    ],
    [
      'a text without a value',
      { '/computed/Last/violation/message': 'No {Nothing}.' },
      [['/computed/Last/violation/message', /\{Nothing\} has no value for the function Read\{Kind\}/]],
    ],
  ]);
});

describe('errors', () => {
  check([
    [
      'a code that is explained twice',
      { '/errors/-': { ...error, code: 2 } },
      [['/errors/2/code', /the code 2 has two errors$/]],
    ],
    [
      'a code that is explained twice for a function',
      { '/errors/-': { ...error, code: 7, functions: ['Read{Kind}'] } },
      [['/errors/2/code', /has two errors for Read/]],
    ],
    [
      'a function that does not exist',
      { '/errors/1/functions/-': 'Nothing' },
      [['/errors/1/functions/1', /there is no function 'Nothing'/]],
    ],
    [
      'a text with a value that not every function has',
      { '/errors/0/message': 'No {First}.', '/functions/Ping/returns/failure': 'none' },
      [['/errors/0/message', /\{First\} has no value for the function Write\{Kind\}; restrict the error/]],
    ],
    [
      'advice with a value that does not exist',
      { '/errors/1/recommendedAction': '{Value}' },
      [['/errors/1/recommendedAction', /\{Value\} has no value/]],
    ],
  ]);
});

describe('objects and cmdlets', () => {
  check([
    [
      'a property twice',
      { '/objects/Item/properties/1/name': 'kind' },
      [['/objects/Item/properties/1', /the name 'kind' appears twice/]],
    ],
    [
      'a property that PowerShell keeps for itself',
      { '/objects/Item/properties/1/name': 'pstypename' },
      [['/objects/Item/properties/1/name', /'pstypename'/]],
    ],
    ['a verb that is not approved', { '/cmdlets/2/name': 'Ping-Item' }, []],
    [
      'a verb that nobody approved',
      { '/cmdlets/2/name': 'Lookup-Item' },
      [['/cmdlets/2/name', /'Lookup' is not an approved verb/]],
    ],
    [
      'a cmdlet twice',
      { '/cmdlets/2/name': 'Get-REDitem' },
      [['/cmdlets/2/name', /the name 'Get-REDitem' appears twice/]],
    ],
    [
      'a function that does not exist',
      { '/cmdlets/2/function': 'Nothing' },
      [['/cmdlets/2/function', /there is no function 'Nothing'/]],
    ],
    [
      'a function name that objects have',
      { '/cmdlets/2/function': 'constructor' },
      [['/cmdlets/2/function', /there is no function 'constructor'/]],
    ],
    [
      'a question with a value that does not exist',
      { '/cmdlets/1/shouldProcess/query': '{First}?' },
      [['/cmdlets/1/shouldProcess/query', /\{First\} is not a parameter/]],
    ],
    [
      'false on an error that does not exist',
      { '/cmdlets/2/output/falseOn/-': 'NeverFailed' },
      [['/cmdlets/2/output/falseOn/1', /no error has the id 'NeverFailed'/]],
    ],
    [
      'an object that does not exist',
      { '/cmdlets/0/output/object': 'Nothing' },
      [['/cmdlets/0/output/object', /there is no object 'Nothing'/]],
    ],
    [
      'an object name that objects have',
      { '/cmdlets/0/output/object': 'constructor' },
      [['/cmdlets/0/output/object', /there is no object 'constructor'/]],
    ],
    [
      'a property that the function does not have',
      { '/objects/Item/properties/1/from': 'Nothing' },
      [['/cmdlets/0/output/object', /needs 'Nothing', which Read\{Kind\} does not have/]],
    ],
    [
      'a property of a variant that the function does not have',
      {
        '/objects/Kind': {
          typeName: 'A.B',
          description: 'D.',
          properties: [{ name: 'K', from: 'Kind', description: 'D.' }],
        },
        '/cmdlets/2/output': { kind: 'object', object: 'Kind' },
      },
      [['/cmdlets/2/output/object', /needs 'Kind', which Ping does not have/]],
    ],
  ]);
});

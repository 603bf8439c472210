/** What help says of a value of each kind. */
import { expect, it } from 'vitest';
import type { ValueSpec } from '../../src/definition/types.js';
import { allKinds, kindOf, resolveShape, valueInWords } from '../../src/kinds/index.js';

const record = {
  struct: [
    { name: 'Id', type: 'LONG' },
    { name: 'Name', type: 'LPCWSTR' },
  ],
};
const chosen = {
  union: [
    { name: 'Number', type: 'LONG', case: [1] },
    { name: 'Real', type: 'DOUBLE', case: [2] },
  ],
  switch: 'Tag',
};
const many = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`Name${index + 1}`, index]));
const counted = { parameter: 'n' };
const called = { parameters: [{ name: 'Id', type: 'LONG' }], returns: 'BOOL', answer: 1 };

/** A type, what a caller gives for it, and what a caller gets; the same if it is left out. */
const CASES: readonly [type: unknown, given: string, returned?: string][] = [
  ['USHORT', 'a whole number from 0 to 65535'],
  ['BOOL', '$true or $false'],
  ['DOUBLE', 'a number of double precision'],
  ['HANDLE', 'a handle or an address, as a whole number'],
  [{ handle: 'HANDLE', release: 'CloseIt' }, 'a handle that CloseIt releases'],
  [{ handle: 'HANDLE', release: 'CloseIt', values: { ROOT: 1 } }, 'ROOT, or a handle that CloseIt releases'],
  ['LPCWSTR', 'a text, sent in UTF-16', 'a text, read as UTF-16'],
  [
    { string: 'utf8', capacity: 9 },
    'a text, sent in UTF-8, of at most 8 characters',
    'a text, read as UTF-8, of at most 8 characters',
  ],
  [
    { texts: 'ansi' },
    'texts, sent as one array; each is a text, sent in the code page of Windows',
    'texts in an array; each is a text, read as the code page of Windows',
  ],
  [{ countedString: 'utf8', count: { field: 'n' } }, 'a text, sent in UTF-8', 'a text, read as UTF-8'],
  ['UNICODE_STRING', 'a text, sent in UTF-16', 'a text, read as UTF-16'],
  [
    { enum: { Low: 1, High: 2 }, base: 'LONG' },
    'one of the names Low or High, or a number',
    'the name Low or High, or a number',
  ],
  [
    { flags: many, base: 'ULONG' },
    'one or more of the names Name1, Name2, Name3, Name4, Name5, Name6, Name7, Name8, Name9, Name10 and 2 more, or a number',
  ],
  [record, 'a hashtable or an object with Id [int] and Name [string]', 'an object with Id [int] and Name [string]'],
  [{ ...chosen, switch: undefined, use: 'Real' }, 'a number of double precision'],
  [
    chosen,
    'a hashtable or an object with Number [int] and Real [double], of which one is used',
    'an object with Number [int] and Real [double], of which one is used',
  ],
  [
    { array: 'BYTE', length: 3 },
    '3 values, sent as one array; each is a whole number from 0 to 255',
    '3 values in an array; each is a whole number from 0 to 255',
  ],
  [{ bytes: counted }, 'bytes, as one array'],
  [{ bytes: 4 }, 'exactly 4 bytes, as one array'],
  [
    { callback: called },
    'values, sent as one array; each is a hashtable or an object with Id [int]',
    'values in an array; each is an object with Id [int]',
  ],
  [{ pointer: 'LONG' }, 'a whole number from -2147483648 to 2147483647'],
  [
    { pointer: 'FLOAT', count: { field: 'n' } },
    'values, sent as one array; each is a number of single precision',
    'values in an array; each is a number of single precision',
  ],
  ['GUID', 'a GUID such as 6b29fc40-ca47-1067-b31d-00dd010662da'],
  [
    'UNIXTIME32',
    'a time from the year 1601 with its zone, such as 2026-01-31T12:00:00Z, to the second',
    'a time in UTC, to the second',
  ],
  ['PSID', 'a SID such as S-1-5-32-544'],
  ['LPSOCKADDR', 'an endpoint such as 192.0.2.1:80 or [2001:db8::1]:80'],
  ['void', 'nothing'],
  [{ buffer: 'Table', size: counted }, 'a hashtable or an object with Rows [int[]]', 'an object with Rows [int[]]'],
];

const TYPES = {
  Table: {
    type: {
      struct: [
        { name: 'n', type: 'ULONG' },
        { name: 'Rows', type: { array: 'LONG', length: { field: 'n' } } },
      ],
    },
  },
} as unknown as Readonly<Record<string, ValueSpec>>;

const shapeOf = (type: unknown) => resolveShape({ type } as ValueSpec, TYPES);

it.each(CASES)('%j', (type, given, returned = given) => {
  expect([valueInWords(shapeOf(type), 'given'), valueInWords(shapeOf(type), 'returned')]).toEqual([given, returned]);
});

it('every kind has words', () => {
  const told = new Set(CASES.map(([type]) => kindOf(shapeOf(type)).name));
  expect(allKinds().filter(({ name }) => !told.has(name))).toEqual([]);
});

/** Mistakes in a text are reported in the author's words, at the wrong character. */
import { describe, expect, it } from 'vitest';
import { PrototypeError, parsePrototypes } from '../../../src/definition/prototype/index.js';

function mistakeOf(text: string): PrototypeError {
  try {
    parsePrototypes(text);
  } catch (error) {
    if (error instanceof PrototypeError) return error;
    throw error;
  }
  throw new Error('there is no mistake');
}

/** The text, the place as what stands there, and a part of the message. */
type Row = readonly [text: string, place: string, message: string];

const SYNTAX: readonly Row[] = [
  ['int f(int a', '', "the text ends here: ',' or ')' is missing"],
  ['int f(int a, )', ')', "')' is not expected here: a type or a name is missing"],
  ['int f(int a int b)', 'int b', "'int' is not expected after the name 'a'; is a ',' missing?"],
  ['int f(int a b)', 'a b', "'a' is not valid here: it is not the type or the name"],
  ['int f(void) int g(void)', 'int g', "'int' is not expected here: ';' is missing"],
  ['int f([count(n] int a)', '] int', "']' is not expected here: ',' or ')' is missing"],
  ['int f([in int a)', 'int a', "'int' is not expected here: ',' or ']' is missing"],
  ['int 5(void)', '5', "'5' is not expected here: ';' is missing"],
  ['typedef struct { int a } X;', '} X', "'}' is not expected here: ';' is missing"],
  ['typedef enum { A = } X;', '} X', 'a number is missing'],
  ['struct x { int a;', '', "'}' is missing"],
  ['extern "C" { int f(void);', '', "'}' is missing"],
  ['int f(void); /* and so on', '/* and', "the comment that starts here has no '*/'"],
  ['#if defined(X)\nint f(void);\n#endif', '#if', "the value of 'defined(X)' is unknown"],
  ['#ifdef __cplusplus\nint f(void);', '#ifdef', "this condition has no '#endif'"],
  ['#endif', '#endif', "no '#if'"],
  ['uLong adler32 OF((uLong adler));', '(uLong', 'without macros such as OF'],
  ['int f(const void p[.size * .n], size_t size, size_t n);', 'p[', "how many bytes are behind 'p'"],
  ['int f(const void p[.m], size_t n);', '.m], ', "there is no parameter 'm' for the number: the parameters are p, n"],
  ['x', 'x', "this does not declare a function or a type: a function needs '(' and its parameters, and"],
  ['int', 'int', "this does not declare a function or a type: a function needs '(' and its parameters, and"],
  ['int errno;', 'int', "this does not declare a function or a type: a function needs '(' and its parameters, and"],
  ['struct s { int a; } variable;', 'variable', 'variables of a library are not supported'],
  ['int f(void) Word;', 'Word', "'Word' is not expected here: ';' is missing"],
  ['int f(void), g(void);', 'g', "the function ends here; is a ';' missing, or a ')' before it?"],
  ['int f(void) size_t g(void);', 'size_t', "'size_t' is not expected here: ';' is missing"],
];

const TYPES: readonly Row[] = [
  ['int f(DWRD a)', 'DWRD', "the type 'DWRD' is unknown: did you mean 'DWORD'? Otherwise declare it, as in 'typedef"],
  ['int f(Thing a)', 'Thing', "declare it, as in 'typedef unsigned int Thing;'"],
  ['f(int a)', 'f', "the type of 'f' is missing"],
  ['int f(long double a)', 'a)', 'long double has a different size on each system'],
  ['int f(wchar_t a)', 'a)', 'wchar_t has 2 bytes on Windows and 4 elsewhere'],
  ['int f(long char a)', 'long', "'long char' is not a C type"],
  ['int f(unsigned DWORD a)', 'DWORD', "there are two types here, but only one is allowed: 'DWORD' is the other one"],
  ['int f(DWORD INT a)', 'INT', 'are both types'],
  ['int f(void a)', 'a)', "void has no value; it needs another type, or a '*'"],
  ['int f(FILE a)', 'a)', "the fields of 'FILE' are unknown"],
  ['int __fastcall f(int a)', '__fastcall', 'cannot be called'],
  ['struct s f(int a);', 'struct s f', "the fields of 's' are unknown"],
  ['POINT f(int a);', 'POINT', 'functions that return a struct by value are not supported'],
  ['int *f(int a);', 'int', 'returns a pointer to memory'],
  ['const unsigned char *f(int a);', 'unsigned', 'write [utf8] before it'],
  ['union u { int a; };', 'union', 'which field of this union is used? Write [use(a)] before it'],
  ['struct s { union { int a; } u; };', 'union', 'which field of this union is used?'],
  [
    'struct s { int t; [switch_is(t)] int a; };',
    'switch_is',
    "the mark 'switch_is' is only for a union that is declared with its fields",
  ],
  ['struct s { [case(1)] int a; };', 'case', "the mark 'case' is only for a field of a union with [switch_is(f)]"],
  [
    'struct s { [use(a)] union { [default] int a; } u; };',
    'default',
    "the mark 'default' is only for a field of a union with [switch_is(f)]",
  ],
  ['int f([case(1)] int a);', 'case', "the mark 'case' is only for a field of a union"],
  [
    'int f([switch_is(b)] int a, int b);',
    'switch_is',
    "the mark 'switch_is' is only for a union that is declared with its fields",
  ],
  ['struct s { DWORD a : 65; };', '65', 'a bit field must have 0 to 64 bits, not 65'],
  ['struct s { DWORD a : 0; };', '0;', "only a field without a name can have 0 bits, and this is 'a'"],
  ['struct s { HANDLE *a : 3; };', ': 3', 'only an integer can have a number of bits, and this is a pointer'],
  [
    'struct s { struct s *next; };',
    'next',
    "does 'next' point to the next element of a linked list? Write [next] before it",
  ],
  ['struct s { struct s self; };', 'self', 'it would contain itself'],
  [
    'struct s { int *many; };',
    'many',
    "how much memory is behind the field 'many'? Write [count(n)] or [bytes(n)] before it",
  ],
  ['struct s { char **texts; };', 'texts', 'a pointer to pointers'],
  [
    'struct s { [next] int next; };',
    'next]',
    "[next] is only for a pointer to the struct itself, and 'next' is not one",
  ],
  [
    'struct s { [count(n)] int a; int n; };',
    'count',
    "this mark is only for pointers, and the field 'a' is not a pointer; is a '*' missing?",
  ],
  ['struct s { [count(n)] void *a; int n; };', 'count', 'write bytes(...) instead of count(...)'],
  ['struct s { [count(4)] char *a; int n; };', 'count', 'does not end with a NUL, so name the field'],
  [
    'struct s { [bytes(m), written(n)] int *a; int n; int m; };',
    'n)',
    'this mark is only for a parameter; it is not supported in a struct',
  ],
  [
    'struct s { [written(n)] char *a; int n; };',
    'n)',
    'this mark is only for a parameter; it is not supported in a struct',
  ],
  ['typedef struct { DWORD Length; } UNICODE_STRING;', 'struct', 'is a built-in type of another size'],
  [
    'struct s { [count(n)] int a[3]; int n; };',
    'count',
    'an array in a struct already has its number of elements, unless it is [1] or [] at the',
  ],
  ['int f([next] int *a);', 'next', 'is only for a field of a struct'],
  ['int f([out, allocated(1)] char **a);', '1', 'the name of the function that frees the memory'],
  [
    'int f([out, allocated(x, never)] char **a);',
    'never',
    "only 'onSuccess' is allowed here; it means that the memory is not freed if the call fails",
  ],
  ['int f([out, allocated(x)] char *a);', 'allocated', "is a '*' of 'a' missing?"],
  ['int f([in, allocated(x)] char **a);', 'allocated', 'memory that the function allocates is an output'],
  [
    'int f([out, allocated(x)] int **a, int n);',
    'a,',
    'is one value, or memory of a number of bytes?'.replace('is', "is 'a'"),
  ],
  [
    'int f([out, allocated(x), count(n)] char **a, [out] int *n);',
    'count',
    "'a' is a text that must end with a NUL; remove the count",
  ],
  [
    '[allocated(x)] int f(void);',
    'allocated',
    'the function does not return a text or a struct that it could have allocated',
  ],
  [
    'int f([out, bytes(n), each(m)] struct point *a, int n, int m);',
    'm)',
    "'m' is not a pointer, so the function cannot write to it",
  ],
  ['struct s { int n; int a[]; };', '[]', "how many elements are in 'a' at the end of the struct? Write [count(n)]"],
  ['struct s { int n; int a[ANYSIZE_ARRAY]; };', 'ANYSIZE', "how many elements are in 'a'"],
  ['struct s { int n; int a[1]; };', '1]', 'where n is the field that holds the number, or [count(1)] if it is one'],
  ['struct s { DWORD cb; DWORD dwNumEntries; int x; WCHAR a[1]; };', '1]', 'Write [bytes(dwNumEntries)] or [count('],
  ['struct s { int a[]; int n; };', '[]', 'the length of this array is missing'],
  ['struct s { int a[1][2], b[ANYSIZE_ARRAY]; };', 'ANYSIZE', 'Write [count(n)]'],
  ['struct s { int n; [count(m)] int a[]; };', 'm)', 'must be in an integer field before it, such as n'],
  ['struct s { int size; [count(sise)] int a[]; };', 'sise', "there is no such field before 'a'; did you mean 'size'?"],
  ['struct s { void *n; [count(n)] int a[]; };', 'n)', 'before it, but there are none'],
  ['struct s { int *n; [count(n)] int a[]; };', 'n;', "how much memory is behind the field 'n'?"],
  ['struct s { int n; [count(1)] int a[]; };', '1)', 'must be in an integer field before it'],
  ['struct s { int n; [count(2)] int a[1]; };', '2)', 'must be in an integer field before it'],
  ['struct s { int n; [count(n)] int a[2]; };', 'count', 'an array in a struct already has its number of elements'],
  ['struct s { int n; [count(n)] int a[1]; int b; };', 'count', 'unless it is [1] or [] at the end of the struct'],
  ['struct s { [size] int cb; int n; [count(n)] int a[]; };', 'size', 'C does not count a field with []'],
  [
    'struct s { int n; [count(n)] int a[]; }; int f([out] struct s *p, int size);',
    'p,',
    "how many bytes may the function write to 'p', whose struct has a variable number of elements at its end? Write [out, bytes(size)]",
  ],
  [
    'struct s { int n; [count(n)] int a[]; }; int f([in, out] struct s *p);',
    'p)',
    "how many bytes may the function write to 'p', whose struct has a variable number of elements at its end?",
  ],
  [
    'struct s { int n; [count(n)] int a[]; }; int f([out, count(size)] struct s *p, int size);',
    'count(size)',
    'write bytes(n) instead of count(...)',
  ],
  [
    'struct s { int n; [count(n)] int a[]; }; int f([out, bytes(64)] struct s *p);',
    'bytes(64)',
    'where n is the parameter that holds the number of bytes',
  ],
  [
    'struct s { int n; [count(n)] int a[]; }; int f([out, bytes(size), each(1)] struct s *p, int size);',
    '1)',
    'so there is only one; remove each(...)',
  ],
  ['struct s { int a[0]; };', '0]', 'an array must have 1 to 1048576 elements, not 0'],
  ['struct s { int a[N]; };', 'N]', "the value of 'N' is unknown: add '#define N <number>'"],
  ['struct s { int a; long a; };', 'a; }', "the field 'a' appears twice"],
  ['struct s { };', 'struct', 'needs at least one field'],
  ['struct s { int (*call)(int); };', '(*call', 'a function pointer'],
  ['struct s { [grow(3)] int a; };', 'grow', 'this mark is only for a parameter; it is not supported in a struct'],
  ['#ifdef _WIN64\nstruct s { int a; };\n#else\nstruct s { short a; };\n#endif', 's {', "'a' has other values"],
  ['#ifdef _WIN64\nstruct s { int a; int b; };\n#else\nstruct s { int a; };\n#endif', 's {', "has no field 'b'"],
  ['#ifndef _WIN64\nstruct s { int a; int b; };\n#else\nstruct s { int a; };\n#endif', 's {', "has a field 'b'"],
  ['#ifdef _WIN64\nint f(int a);\n#else\nint f(short a);\n#endif', 'f(int', 'other parameters in 32-bit Windows'],
  ['struct s { BYTE a; } __attribute__((aligned(16)));', '__attribute__', 'with their own alignment are not supported'],
  ['struct __declspec(align(16)) s { BYTE a; };', 'struct', 'with their own alignment are not supported'],
  ['struct s { DECLSPEC_ALIGN(8) BYTE a; };', 'BYTE', 'with their own alignment are not supported'],
  ['enum e { A, A };', 'A };', "the name 'A' appears twice"],
  ['enum e { A = 1 / 0 };', '0 }', 'division by zero'],
  ['enum e { A = 1 << 99 };', '99', 'a shift by 99'],
  ['enum e { A = 0xFFFFFFFFFFFFFFFF };', 'A =', 'more than 53 bits'],
  ['int f(enum e a)', 'enum', "the enum 'e' is not declared"],
  ['[flags] struct s { int a; };', 'flags', "the mark 'flags' is only for an enum"],
  ['DEFINE_ENUM_FLAG_OPERATORS(E)', 'DEFINE', "the enum 'E' is not declared"],
];

const QUESTIONS: readonly Row[] = [
  [
    'int f(const unsigned char *buf, int len)',
    'buf',
    "is 'buf' one value, or memory of a number of bytes? Write [in, value], [in, bytes(len)] or [in, count(len)] before it",
  ],
  ['int f(const int *values)', 'values', '[in, count(n)]'],
  [
    'int f(const void *data, size_t size)',
    'data',
    "how many bytes are behind 'data'? Write [in, bytes(size)] before it",
  ],
  ['int f([out] char *dst, int srcSize, int dstCapacity)', 'dst', 'Write [out, count(dstCapacity)] before it'],
  ['int f([out] char *name, int flags, int nsize)', 'name', 'Write [out, count(nsize)] before it'],
  ['int f([out] void *data, int x, int y)', 'data', 'Write [out, bytes(x)] before it'],
  ['int f(double x, int *part)', 'part', 'or [out, count(n)] before it'],
  ['int f([out] void *data, size_t size)', 'data', 'Write [out, bytes(size)] before it'],
  [
    'int f([in] void *data, size_t size)',
    'data',
    "is 'data' a number that the library returned, or memory of a number of bytes?",
  ],
  ['int f([out] BYTE *data, DWORD cb)', 'data', '[out, value], [out, bytes(cb)]'],
  [
    'int f([out] char *text, int size)',
    'text',
    "how many characters may the function write to 'text'? Write [out, count(size)]",
  ],
  ['int f(char *text, int size)', 'text', "does the function read the text of 'text', or write it?"],
  ['int f(int *value)', 'value', 'Write [out], [in, out], [in, value], [in, count(n)] or [out, count(n)] before it'],
  [
    'int f(unsigned char *dest, unsigned long *destLen)',
    'dest',
    'Write [out, value], [in, value], [in, bytes(destLen)] or [out, bytes(destLen)] before it',
  ],
  ['int f(POINT *point)', 'point', 'Write [in], [out] or [in, out] before it'],
  ['int f(sqlite3 **db)', 'db', "does the function write a pointer to 'db'?"],
  ['BOOL f(LPSECURITY_ATTRIBUTES a)', 'a)', 'write [in, optional]'],
];

const MARKS: readonly Row[] = [
  ['int f([inn] int a)', 'inn', "there is no mark 'inn': is it 'in'?"],
  ['int f([strange] int a)', 'strange', 'the marks are in, out'],
  ['int f([count] int *a)', 'count', "the mark 'count' needs a value in parentheses: count(n)"],
  ['int f([in(1)] int *a)', 'in(1)', "the mark 'in' takes no parentheses"],
  ['int f([out] int a)', 'out', "'a' is not a pointer, so the function cannot write to it; is a '*' missing?"],
  ['int f([out] const int *a)', 'out', 'remove one of the two'],
  [
    'int f([count(n)] int a, int n)',
    'count',
    "this mark is only for pointers, and 'a' is not a pointer; is a '*' missing?",
  ],
  [
    'int f([in, count(m)] const int *a, int n)',
    'm)',
    "there is no parameter 'm' for the number: the parameters are a, n",
  ],
  ['int f([in, count(lem)] const int *a, int len)', 'lem', "is it 'len'?"],
  [
    'int f([in, count(s)] const int *a, const char *s)',
    's)',
    "'s' cannot hold the number, because it is not an integer",
  ],
  [
    'int f([in, count(return)] const int *a)',
    'return',
    'the return value is known only after the call, so it cannot be the size of the memory',
  ],
  ['int f([in, count(n)] const void *a, int n)', 'count', 'write bytes(...) instead of count(...)'],
  ['int f([in, count(0)] const int *a)', '0)', 'the number must be from 1 to 1048576, not 0'],
  ['int f([out, bytes(n)] int *a, [out] int *n)', 'n)', 'write [in, out] before it'],
  ['int f([out, grow(234)] int *a)', 'grow', 'this mark also needs count(n) or bytes(n), the size of the memory'],
  ['int f([in, count(n), grow(234)] const int *a, int n)', 'grow', 'for memory that the function writes'],
  [
    'int f([out, count(4), grow(234)] int *a)',
    'grow',
    'this mark needs a parameter that holds the size of the memory: the number here is constant',
  ],
  [
    'int f([out, bytes(n), written(m)] void *a, int n, int m)',
    'm)]',
    "'m' is not a pointer, so the function cannot write to it",
  ],
  ['int f([in, utf8] const int *a)', 'a)', "is 'a' one value"],
  ['int f([in, utf8, count(2)] const int *a)', 'utf8', "the mark 'utf8' is only for text, and 'int' is not text"],
  ['int f([in, constant(1)] const char *a)', 'constant', 'only a number can be constant'],
  ['int f([constant(0xFFFFFFFFFFFFFFFF)] int a)', '0xF', 'more than 53 bits'],
  ['int f([size] int a)', 'size', 'is only for a field of a struct'],
  ['int f(int a, int a)', 'a)', "the parameter 'a' appears twice"],
  ['int f([out] struct undeclared *a)', 'out', "the fields of 'undeclared' are unknown"],
  ['int f([in, reserved] POINT a)', 'reserved', 'this mark is only for a number or a pointer'],
  ['[fails(zero)] int f(void)', 'fails', 'where is the error code?'],
  ['[fails(zero, lastEror)] int f(void)', 'lastEror', "is it 'lastError'?"],
  ['[fails(negativ, errno)] int f(void)', 'negativ', "is it 'negative'?"],
  ['[fails(zero, errno)] void f(void)', 'fails', 'returns nothing'],
  ['[absent(2)] int f(void)', 'absent', 'is about error codes, but this function has none'],
  ['[absent] BOOL WINAPI f(void)', 'absent', 'absent(259), where 259 is a code'],
  ['[success(count(2))] BOOL WINAPI f(void)', 'count', 'a code must be a number or the name of a number'],
  [
    'struct s { [unreviewed] int a; }; int f([out] struct s *p);',
    'unreviewed',
    'this mark is only for a parameter; it is not supported in a struct',
  ],
  ['[unreviewed(1)] BOOL WINAPI f(void)', 'unreviewed', 'takes no parentheses'],
  ['[returns(a)] int f(int a)', 'a)', "there is already a parameter 'a'"],
  [
    '[in] int f(int a)',
    'in]',
    "there is no mark 'in': the marks are fails, success, absent, unreviewed, returns, handle,",
  ],
];

const REFUSED: readonly Row[] = [
  ['int printf(const char *format, ...);', '...', 'functions with a variable number of arguments are not supported'],
  [
    'void qsort([in, out, bytes(size)] void *base, size_t n, size_t size, int (*compare)(const void *, const void *));',
    'compare',
    "'compare' is a callback: it compares two values for the library",
  ],
  [
    'typedef BOOL (CALLBACK *WNDENUMPROC)(HWND, LPARAM); BOOL EnumWindows(WNDENUMPROC each, LPARAM data);',
    'each',
    'if its parameters are the rows of the result, write [collect] before it',
  ],
  [
    'HRESULT f(_Outptr_ LPWSTR *text);',
    '_Outptr_',
    "_Outptr_ means that the function allocates the memory of 'text': who frees it? Write",
  ],
  ['int f([out] char **text);', 'text', 'a pointer to a pointer to memory'],
  ['int f([in, multi] int *names);', 'multi', "the mark 'multi' is only for text, and 'int' is not text"],
  ['int f([multi] WCHAR c);', 'multi', "this mark is only for pointers, and 'c' is not a pointer"],
  ['int f([out] PZZWSTR names);', 'names', 'how many characters may the function write'],
  ['[multi] int f(void);', 'multi', "the mark 'multi' is only for text, and 'int' is not text"],
  [
    'struct s { [multi] WCHAR c; };',
    'multi',
    "this mark is only for pointers, and the field 'c' is not a pointer; is a '*' missing?",
  ],
  ['struct s { int n; [count(n)] PZZWSTR all; int m; };', 'count', 'ends with an empty text; remove the count'],
  ['int f([in, count(2)] char *a[2][3]);', '3]', 'an array of arrays of pointers'],
  ['int f([in, count(n)] int **a, int n);', 'a,', 'an array of pointers, which is only supported for texts'],
  ['int f([out, count(n)] char **a, int n);', 'a,', 'a pointer to a pointer to memory: who frees it?'],
  ['int f([in] const char **a, int n);', 'a,', "how many texts are behind 'a'? Write [in, count(n)] before it"],
  ['int f(const char **a, int n);', 'a,', "does the function read the texts behind 'a', or is it a pointer to a"],
  ['int f([out] int a[][3], int n);', 'a[', "how many rows are in 'a'? Write [out, count(n)] before it"],
  ['int f([in, bytes(12)] int a[][3]);', 'bytes', "write count(...) with the number of elements, because 'a'"],
  ['int f([in] int a[2][]);', 'a[', 'the length of this array is missing'],
  ['int f(va_list list);', 'list)', "the type 'va_list' cannot be used: it is a variable argument list"],
];

const all: readonly (readonly [string, readonly Row[]])[] = [
  ['text that is no C', SYNTAX],
  ['types', TYPES],
  ['questions', QUESTIONS],
  ['marks', MARKS],
  ['what a definition has no word for', REFUSED],
];

describe.each(all)('%s', (_title, rows) => {
  it.each(rows)('%s', (text, place, message) => {
    const mistake = mistakeOf(text);
    expect(mistake.reason).toContain(message);
    expect(text.slice(mistake.offset, mistake.offset + place.length)).toBe(place);
    expect(place === '' ? mistake.offset : -1).toBe(place === '' ? text.length : -1);
  });
});

describe('the place', () => {
  it('has a line, a column and a caret', () => {
    const text = 'int f(int a);\r\nint g(DWRD a);\nint h(void);';
    const mistake = mistakeOf(text);
    expect([mistake.line, mistake.column]).toEqual([2, 7]);
    expect(mistake.message).toBe(`${mistake.reason} (line 2, column 7)\n  int g(DWRD a);\n        ^`);
  });

  it('is shown with what is around it in a long line', () => {
    const text = `int f(${'int a, '.repeat(30).replaceAll(/a/g, () => 'a')}DWRD last);`.replaceAll(
      /int a/g,
      (_found, at: number) => `int a${at}`,
    );
    const [, line = '', caret = ''] = mistakeOf(text).message.split('\n');
    expect(line.length).toBeLessThan(130);
    expect(line.slice(caret.indexOf('^'))).toMatch(/^DWRD last/);
  });

  it('knows what could stand there', () => {
    expect(mistakeOf('int f(int a').expected).toEqual(["','", "')'"]);
  });
});

it('a text that is too long or too deep is refused', () => {
  expect(mistakeOf(' '.repeat(100_001)).reason).toContain('longer than 100000 characters');
  expect(mistakeOf(`int f(int a[${'('.repeat(100)}1${')'.repeat(100)}])`).reason).toContain('deeper than 50 levels');
});

/** What a prototype means where C leaves it open: each rule with its reason. */
import { describe, expect, it, test } from 'vitest';
import { type ParsedPrototypes, parsePrototypes } from '../../../src/definition/prototype/index.js';

const parsed = (text: string): ParsedPrototypes =>
  parsePrototypes(text, parsePrototypes('struct point { int x; int y; }; struct sized { [size] DWORD cb; DWORD n; };'));

const definitionOf = (text: string) => {
  const [first] = parsed(text).functions;
  if (!first) throw new Error(`no function in ${text}`);
  return first.definition;
};

const parameterOf = (text: string, name: string) => definitionOf(text).parameters.find((one) => one.name === name);

describe('a function without a result', () => {
  // A register has some number after the call: as a value of any other type it would look like a result.
  it('returns nothing', () => {
    expect(definitionOf('void f(int a);').returns).toEqual({ type: 'void', failure: 'none' });
  });
});

describe('a value that is only read', () => {
  // As an output it would be returned to a caller who knows it already.
  test.each([
    ['a struct that is const', 'void f(const struct point *p);'],
    ['a struct that is marked', 'void f([in] struct point *p);'],
    ['a struct that SAL marks', 'void f(_In_ const struct point *p);'],
    ['a number that is marked as one value', 'void f([in, value] const int *p);'],
  ])('is an input behind a pointer: %s', (_, text) => {
    expect(parameterOf(text, 'p')).toMatchObject({ direction: 'in', pointer: true });
    expect(parsed(text).notes).toEqual([]);
  });

  it('is both if the function writes it, too', () => {
    expect(parameterOf('void f([in, out] struct point *p);', 'p')).toEqual({
      name: 'p',
      type: 'point',
      direction: 'inout',
    });
  });
});

describe('a struct with its own size', () => {
  // The documentation calls it [in, out] because of its size, which is the only input, and which dllet sets.
  test.each(['[out]', '_Out_', '[in, out]', '_Inout_'])('is an output: %s', (marks) => {
    expect(parameterOf(`void f(${marks} struct sized *p);`, 'p')).toEqual({
      name: 'p',
      type: 'sized',
      direction: 'out',
    });
  });

  it('has a note where the author called it an input, because other fields could be given', () => {
    const notes = (text: string) => parsed(text).notes.map(({ message }) => message);
    expect(notes('void f([out] struct sized *p);')).toEqual([]);
    expect(notes('void f([in, out] struct sized *p);')).toEqual([
      "'p' is an output whose size is set before the call, and nobody is asked for it",
    ]);
  });

  it('is an input if it is only read', () => {
    expect(parameterOf('void f([in] struct sized *p);', 'p')).toMatchObject({ direction: 'in', pointer: true });
  });
});

describe('a number without a mark', () => {
  const isNoSize = (text: string, name: string) => parameterOf(text, name)?.isSize === false;

  // Each pointer is to one value or to a text that ends by itself: the number is the size of neither.
  test.each([
    ['a struct', 'void f([out] struct point *p, int kind);'],
    ['a struct that is read', 'void f(const struct point *p, int kind);'],
    ['a number', 'void f([out] int *p, int kind);'],
    ['a handle', 'void f([out] HANDLE *p, DWORD kind);'],
    ['a text', 'void f(const char *text, char kind);'],
    ['a text of the A functions', 'DWORD fooA(LPCSTR text, DWORD kind);'],
    [
      'a struct, with other memory of a known count',
      'void f([out] struct point *p, [in, count(n)] int *q, int n, int kind);',
    ],
  ])('is no size beside %s', (_, text) => {
    expect(isNoSize(text, 'kind')).toBe(true);
  });

  // An index into the memory, or how much of it is used.
  test.each([
    ['an array', 'void f([out] struct point *p, [in] const int values[4], int kind);'],
    ['bytes', 'void f([out] struct point *p, [out, bytes(16)] void *memory, int kind);'],
    ['a text', 'void f([out] struct point *p, [out, count(16)] char *text, int kind);'],
  ])('can be one beside memory of a fixed length: %s', (_, text) => {
    expect(isNoSize(text, 'kind')).toBe(false);
  });

  // The struct can be the first of many, and the author is asked.
  test.each([
    'n',
    'count',
    'nCount',
    'elementCount',
    'item_count',
    'cElements',
    'numPoints',
    'cb',
    'dwLength',
    'destLen',
  ])('can be one by its name: %s', (name) => {
    expect(definitionOf(`void f([out] struct point *p, int ${name});`).parameters[1]).not.toHaveProperty('isSize');
  });

  test.each(['account', 'discount', 'cmd', 'index'])('is none by a name that only looks like one: %s', (name) => {
    expect(isNoSize(`void f([out] struct point *p, int ${name});`, name)).toBe(true);
  });

  it.each([
    ['without a pointer there is nothing to mark', 'int f(int kind);', 'kind'],
    [
      'what counts other memory is a size',
      'void f([out] struct point *p, [in, count(most)] int *q, int most);',
      'most',
    ],
    ['a constant is not asked for', 'void f([out] struct point *p, [constant(3)] int kind);', 'kind'],
    ['a function pointer is no number', 'void f([out] struct point *p, [in, optional] int (*kind)(int));', 'kind'],
  ])('%s', (_, text, name) => {
    expect(isNoSize(text, name)).toBe(false);
  });
});

describe('the result', () => {
  const resultOf = (text: string) => definitionOf(text).returns.resultName;

  // Then the value is 0, or whatever is no failure: whoever calls it wants what was written.
  test.each([
    ['a struct', '[fails(minusOne, errno)] int f([out] struct point *p);'],
    ['a text', '[fails(zero, errno)] char *f([out, count(size)] char *text, size_t size);'],
    ['bytes', '[fails(minusOne, errno)] int f([out, bytes(n), written(return)] void *p, int n);'],
    ['a handle', '[fails(negative, returned)] int f([out] void **p);'],
  ])('of a function that can fail is what it writes: %s', (_, text) => {
    expect(resultOf(text)).toBeUndefined();
  });

  it('is the returned value as well if no value means failure', () => {
    expect(resultOf('int f([out] struct point *p);')).toBe('Value');
  });

  it('is the returned value if nothing is written but the size of an input', () => {
    expect(resultOf('[fails(minusOne, errno)] int f(const struct point *p);')).toBe('Value');
    expect(resultOf('[fails(minusOne, errno)] int f([in, bytes(bytes)] const void *p, [in, out] int *bytes);')).toBe(
      'Value',
    );
  });

  it('is not confused by a parameter whose name is that of a unit', () => {
    const text = '[fails(minusOne, errno)] int f([in, count(n)] const int *p, int n, [out] int *bytes);';
    expect(resultOf(text)).toBeUndefined();
    expect(resultOf(text.replace('count(n)', 'bytes(n)'))).toBeUndefined();
  });

  it('has the name that the author gives it', () => {
    expect(resultOf('[fails(minusOne, errno), returns(Length)] int f([out] struct point *p);')).toBe('Length');
    expect(resultOf('[returns(none)] int f(void);')).toBeUndefined();
  });
});

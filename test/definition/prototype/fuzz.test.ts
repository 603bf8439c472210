/** Any text is parsed or refused, in a time that follows from its length. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PrototypeError, parsePrototypes } from '../../../src/definition/prototype/index.js';

/** Throws whatever is no PrototypeError, or one whose place is not in the text. */
function tryParse(text: string): void {
  try {
    parsePrototypes(text);
  } catch (error) {
    if (!(error instanceof PrototypeError)) throw error;
    expect(error.offset).toBeGreaterThanOrEqual(0);
    expect(error.offset).toBeLessThanOrEqual(text.length);
    expect(error.message).toMatch(/\n {2}.*\n *\^$/);
  }
}

const WORDS = [
  ...'( ) [ ] { } * , ; : = | << - ~ ... \n # "C" /* */ // \' " \\ 0x10 7 a b len __proto__ constructor toString'.split(
    ' ',
  ),
  ...'int unsigned long char void const struct enum union typedef extern WINAPI DWORD LPWSTR HANDLE FILE wchar_t'.split(
    ' ',
  ),
  ...'[in] [out] [in,out,count(len)] [bytes(a)] [size] [fails(zero,errno)] _In_ _Out_writes_(len) _Outptr_ OUT'.split(
    ' ',
  ),
  ...'#define #ifdef #endif #pragma pack(push,1)\n __attribute__((packed)) DECLARE_HANDLE(H) PLPPDWORD size_t'.split(
    ' ',
  ),
];

describe('random texts', () => {
  it('of any characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), tryParse), { numRuns: 1000 });
  });

  it('of the words of C', () => {
    const texts = fc.array(fc.constantFrom(...WORDS), { maxLength: 40 }).map((words) => words.join(' '));
    fc.assert(fc.property(texts, tryParse), { numRuns: 2000 });
  });

  it('that were right before a few words changed', () => {
    const right =
      'typedef struct _A { [size] DWORD cb ; struct { int x ; } in ; CHAR n [ 4 ] ; } A , * PA ; ' +
      '[ fails ( zero , errno ) ] int WINAPI f ( [ in , bytes ( n ) ] const void * p , int n , _Out_ PA a , char c [ 8 ] ) ;';
    const words = right.split(' ');
    const texts = fc
      .array(fc.tuple(fc.nat(words.length - 1), fc.constantFrom('', ...WORDS)), { minLength: 1, maxLength: 4 })
      .map((changes) => changes.reduce((list, [at, word]) => list.with(at, word), words).join(' '));
    fc.assert(fc.property(texts, tryParse), { numRuns: 2000 });
  });
});

describe('long texts', () => {
  const LONG: readonly string[] = [
    '(',
    '[',
    '{',
    '((',
    'int f(',
    'f(',
    '*',
    'int ',
    'A ',
    '-',
    '[in',
    '[in]',
    '/*',
    '#if 0\n',
    '#define A (A\n',
    '"',
    "'",
    '_In_(',
    '__declspec(',
    'struct {',
    'struct a {',
    'int a;',
    'int f(int a);',
    'enum {',
    ',',
    '\\\n',
    'a|',
    '1+',
    '(int)',
    'x(*',
    'int (*',
    'extern "C" {',
    '__x(',
    '_A_(_A_(',
    'A B ',
    'a b c(',
  ];

  it.each(LONG)('%j, ten thousand characters of it', (part) => {
    const started = performance.now();
    tryParse(part.repeat(10_000 / part.length));
    tryParse(`int f(int a[${part.repeat(10_000 / part.length)}`);
    tryParse(`enum e { A = ${part.repeat(10_000 / part.length)}`);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('with ten thousand parameters or fields are read', () => {
    const list = Array.from({ length: 4000 }, (_, index) => `int p${index}`);
    expect(parsePrototypes(`int f(${list.join(', ')});`).functions[0]?.definition.parameters).toHaveLength(4000);
    expect(Object.keys(parsePrototypes(`struct s { ${list.join('; ')}; };`).types)).toEqual(['s']);
  });
});

describe('declarations of plain values', () => {
  const NAMES = [
    'int',
    'unsigned int',
    'long',
    'unsigned long',
    'long long',
    'size_t',
    'DWORD',
    'USHORT',
    'HANDLE',
    'DOUBLE',
    'bool',
  ];
  const parameters = fc.array(
    fc.record({
      type: fc.constantFrom(...NAMES),
      direction: fc.constantFrom('in', 'out', 'inout'),
      optional: fc.boolean(),
    }),
    { maxLength: 8 },
  );
  const space = fc.constantFrom(' ', '\n', '\t', ' /* */ ', ' // x\n');

  it('mean the same however they are printed', () => {
    fc.assert(
      fc.property(parameters, space, fc.boolean(), (list, gap, hasSal) => {
        const hasPointer = list.some(({ direction }) => direction !== 'in');
        const expected = list.map(({ type, direction, optional }, index) => ({
          name: `p${index}`,
          type,
          direction,
          ...(optional && { optional: true }),
          ...(hasPointer && direction === 'in' && type !== 'HANDLE' && { isSize: false }),
        }));
        const printed = list.map(({ type, direction, optional }, index) => {
          const star = direction === 'in' ? '' : '*';
          const sal = `_${{ in: 'In', out: 'Out', inout: 'Inout' }[direction]}_${optional ? 'opt_' : ''}`;
          const marks = `[${{ in: 'in', out: 'out', inout: 'in, out' }[direction]}${optional ? ', optional' : ''}]`;
          return [hasSal ? sal : marks, ...type.split(' '), star, `p${index}`].join(gap);
        });
        const text = `int${gap}f${gap}(${gap}${printed.join(`${gap},${gap}`)}${gap})${gap};`;
        expect(parsePrototypes(text).functions[0]?.definition.parameters).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });
});

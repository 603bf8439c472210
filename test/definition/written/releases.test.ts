/** Handles in the short form: which function releases what, found or written. */
import { describe, expect, it, test } from 'vitest';
import { validateDefinitionText } from '../../../src/definition/validate.js';
import { canonicalDefinition } from '../../../src/definition/written/canonical.js';

function read(functions: readonly string[], rest: object = {}) {
  const first = /(\w+)\s*\(/.exec(functions[0]?.replace(/^\[.*?\] /, '') ?? '')?.[1];
  const definition = { name: 'Page', library: 'page.dll', functions, cmdlets: { 'Get-It': first }, ...rest };
  const { mistakes } = validateDefinitionText(JSON.stringify(definition));
  const { value } = canonicalDefinition(definition);
  return { messages: mistakes.map(({ message }) => message), value };
}

const handle = (release: string) => ({ handle: 'HANDLE', release });

describe('the function that releases a pointer is found', () => {
  test.each([
    ['FILE *fopen(const char *path);', 'int fclose(FILE *stream);', 'fclose'],
    ['DIR *opendir(const char *path);', 'int closedir(DIR *);', 'closedir'],
    ['BIGNUM *BN_new(void);', 'void BN_free(BIGNUM *a);', 'BN_free'],
    ['thing *make(void);', 'void ThingDestroy([in] struct thing *it);', 'ThingDestroy'],
    ['typedef struct evp_st EVP; EVP *EVP_new(void);', 'void EVP_free(EVP *it);', 'EVP_free'],
    ['typedef struct evp_st EVP; EVP *EVP_new(void);', 'void EVP_free(struct evp_st *it);', 'EVP_free'],
    ['typedef void CURL; CURL *curl_init(void);', 'void curl_cleanup(CURL *curl);', 'curl_cleanup'],
    ['typedef struct _doc *docPtr; docPtr parse(void);', 'void docFree(docPtr cur);', 'docFree'],
    ['typedef struct _doc doc; typedef doc *docPtr; docPtr parse(void);', 'void docFree(doc *cur);', 'docFree'],
    ['gzFile gzopen(const char *path, const char *mode);', 'int gzclose(gzFile file);', 'gzclose'],
  ])('%s %s', (opens, closes, release) => {
    const { messages, value } = read([opens, closes]);
    expect(messages).toEqual([]);
    const [made, ended] = Object.values(value.functions);
    expect(made?.returns.type).toEqual(handle(release));
    expect(ended?.parameters[0]?.type).toEqual(handle(release));
    expect(ended?.changesState).toBe(false);
  });

  it('but not for what the headers of Windows call a HANDLE', () => {
    const { value } = read(['HANDLE Make(void);', 'BOOL CloseHandle([in] HANDLE hObject);']);
    expect(value.functions.Make?.returns.type).toBe('HANDLE');
  });

  it('and void under another name is memory where its extent is said', () => {
    const { messages, value } = read([
      'typedef void GLvoid; int f([in, bytes(n)] const GLvoid *data, int n);',
      'void glFree(GLvoid *it);',
    ]);
    expect(messages).toEqual([]);
    expect(value.functions.f?.parameters[0]?.type).toEqual({ bytes: { parameter: 'n' } });
  });

  it('where it is written through a pointer', () => {
    const { messages, value } = read([
      'int sqlite3_open(const char *filename, [out] sqlite3 **ppDb);',
      'int sqlite3_close(sqlite3*);',
      'const char *sqlite3_errmsg(sqlite3*);',
    ]);
    expect(messages).toEqual([]);
    expect(value.functions.sqlite3_open?.parameters[1]).toMatchObject({
      type: handle('sqlite3_close'),
      direction: 'out',
    });
    expect(value.functions.sqlite3_errmsg?.parameters[0]).toMatchObject({ type: handle('sqlite3_close') });
  });

  it('for the keys of the registry, which have names as well', () => {
    const { messages, value } = read([
      'LSTATUS RegOpenKeyW([in] HKEY hKey, [in, optional] LPCWSTR lpSubKey, [out] PHKEY phkResult);',
      'LSTATUS RegCloseKey([in] HKEY hKey);',
    ]);
    expect(messages).toEqual([]);
    const type = { ...handle('RegCloseKey'), values: expect.objectContaining({ HKEY_LOCAL_MACHINE: 0x80000002 }) };
    expect(value.functions.RegOpenKeyW?.parameters.map((one) => one.type)).toEqual([type, 'LPCWSTR', type]);
  });
});

describe('a pointer that nothing releases', () => {
  test.each([
    ['typedef struct evp_st EVP; int f(EVP *it)', /"\[handle\(Close\)\] typedef struct evp_st EVP;".*declare 'EVP'/],
    ['typedef struct _doc *docPtr; int f(docPtr it)', /"\[handle\(Close\)\] typedef struct _doc \*docPtr;"/],
    ['int f(sqlite3 *db)', /which function releases 'db'\?.*declare its type as/],
    [
      'int f(void *thing)',
      /which function releases 'thing'\?.*\[in, bytes\(n\)\] or \[out, bytes\(n\)\] if it is memory/,
    ],
  ])('is asked for: %s', (prototype, question) => {
    expect(read([prototype]).messages).toEqual([expect.stringMatching(question)]);
  });

  test.each(['int f([in, value] sqlite3 *db)', 'int f([in, value] void *thing)', 'BOOL f(HWND window)'])(
    'can be a number, as the author says: %s',
    (prototype) => {
      const { messages, value } = read([prototype]);
      expect(messages).toEqual([]);
      expect(value.functions.f?.parameters[0]?.type).toBe('HANDLE');
    },
  );
});

describe('the mark', () => {
  it('before a typedef names the function once for all', () => {
    const types = ['[handle(FindClose)] typedef HANDLE FIND_HANDLE;', '[handle(close)] typedef int FD;'];
    const { messages, value } = read(
      [
        'FIND_HANDLE FindFirst([in] LPCWSTR name);',
        'BOOL FindClose([in, out] HANDLE h);',
        'FD open(void);',
        'int close(int fd);',
      ],
      { types },
    );
    expect(messages).toEqual([]);
    expect(value.types).toMatchObject({
      FIND_HANDLE: { type: handle('FindClose') },
      FD: { type: { handle: 'int', release: 'close' } },
    });
    expect(value.functions.FindClose?.parameters).toMatchObject([{ type: handle('FindClose'), direction: 'in' }]);
    expect(value.functions.close?.parameters).toMatchObject([{ type: { handle: 'int', release: 'close' } }]);
  });

  test.each<[string, readonly string[], RegExp]>([
    [
      'a function that is not there',
      ['[handle(Close)] void *f(void);'],
      /there is no function 'Close' to release the handle/,
    ],
    [
      'one that takes more',
      ['[handle(g)] void *f(void);', 'int g([in, handle(g)] void *thing, int more);'],
      /'g' releases a handle, so the handle must be its only input/,
    ],
    [
      'one that is changed',
      ['int f([in, out, handle(g)] int *fd);', 'int g(int fd);'],
      /so it must be in or out, not inout/,
    ],
    [
      'a callback that is lent it',
      ['void f([collect] void (*each)(FD fd));', 'FD open(void);', 'int close(int fd);'],
      /the library still owns the handles in it/,
    ],
    [
      'a struct of the library',
      ['[fails(zero, none)] S *f(void);', 'FD open(void);', 'int close(int fd);'],
      /the library still owns the handles in it/,
    ],
    [
      'a text',
      ['[handle(g)] const char *f(void);', 'int g(int fd);'],
      /a handle must be HANDLE or an integer, not LPCSTR/,
    ],
    ['no name', ['int f([in, handle(3)] int fd);'], /the name of the function that releases the handle is needed here/],
    [
      'known without handle',
      ['[known(A, 1)] typedef int FD; int f(FD fd);'],
      /the mark 'known' also needs the mark 'handle'/,
    ],
    ['lent without handle', ['[lent] typedef int FD; int f(FD fd);'], /the mark 'lent' also needs the mark 'handle'/],
    [
      'a struct with fields',
      ['[handle(g)] typedef struct { int a; } S; int g(int fd);'],
      /is only for a typedef of a handle/,
    ],
  ])('is refused with %s', (_name, functions, message) => {
    const types = ['[handle(close)] typedef int FD;', 'typedef struct { FD fd; } S;'];
    const isTyped = functions.some((one) => one.includes('FD open'));
    expect(read(functions, isTyped ? { types } : {}).messages.join('\n')).toMatch(message);
  });
});

/** Functions of the system that the program itself calls. Their prototypes are data; each is bound on first use. */
import koffi, { type LibraryHandle } from 'koffi';
import type { NativeSystem } from './native-system.js';

/**
 * The library, by the file name of the DLL, or `c` for the C library of the process; the prototype without its name,
 * such as `BOOL (HANDLE, DWORD, PVOID)`, prefixed with `cdecl` for that calling convention; how it reports failure; and
 * its documentation.
 */
export type Prototype = readonly [library: string, prototype: PrototypeText, failure: FailureRule, source: string];

/** Prototypes by the name of the function. */
export type PrototypeTable = Readonly<Record<string, Prototype>>;

type PrototypeText = `${'cdecl ' | ''}${TypeWord} (${string})`;

/**
 * How the result reports failure. `zero`: 0, FALSE or NULL, with a last error; `minusOne`: -1, with a last error;
 * `code`: the result is a Win32 code, 0 for success; `none`: the function cannot fail, or the caller checks the result.
 */
export type FailureRule = 'zero' | 'minusOne' | 'code' | 'none';

/**
 * C types by their documented names. HANDLE is also used for any other pointer-sized value, LONG_PTR for a signed one;
 * PVOID is a Buffer of the caller or null; LPCWSTR and LPCSTR are strings; WORD_BE is in network order. `...` ends the
 * parameters of a variadic function.
 */
type TypeWord = keyof typeof KOFFI_TYPES;

const KOFFI_TYPES = {
  VOID: 'void',
  BOOL: 'int32',
  INT: 'int',
  LONG: 'int32',
  DWORD: 'uint32',
  WORD: 'uint16',
  WORD_BE: 'uint16_be',
  ULONG: 'ulong',
  HANDLE: 'uintptr',
  LONG_PTR: 'intptr',
  PVOID: 'void *',
  LPCWSTR: 'str16',
  'LPCWSTR *': 'str16 *',
  LPCSTR: 'str',
  'SID_AND_ATTRIBUTES *': { Sid: 'void *', Attributes: 'uint32' },
  '...': '...',
} as const;

type ResultOf<Text> = Text extends `cdecl ${infer Rest}`
  ? ResultOf<Rest>
  : Text extends `${infer Word} (${string}`
    ? ValueOf<Word>
    : never;

type ValueOf<Word> = Word extends 'HANDLE' | 'LONG_PTR'
  ? number | bigint
  : Word extends 'LPCSTR'
    ? string
    : Word extends 'VOID'
      ? undefined
      : number;

/** The functions of a table. */
export type Bound<Table extends PrototypeTable> = {
  readonly [Name in keyof Table]: (...args: readonly unknown[]) => ResultOf<Table[Name][1]>;
};

/** Binds a table. `open` opens a library when one of its functions is first used; its errors are passed on. */
export function bindTable<Table extends PrototypeTable>(
  table: Table,
  open: (library: string) => LibraryHandle,
): Bound<Table> {
  const libraries = new Map<string, LibraryHandle>();
  const libraryOf = (name: string): LibraryHandle => {
    const library = libraries.get(name) ?? open(name);
    libraries.set(name, library);
    return library;
  };
  return lazily(table, (name, [library, prototype]) => {
    const [, convention, result = '', parameters = ''] = PROTOTYPE.exec(prototype) ?? [];
    return libraryOf(library).func(
      convention === undefined ? '__stdcall' : '__cdecl',
      name,
      koffiType(result),
      parameters === '' ? [] : parameters.split(', ').map(koffiType),
    );
  }) as Bound<Table>;
}

const PROTOTYPE = /^(cdecl )?([^(]+) \((.*)\)$/;

/** Returns the same functions, wrapped to throw an Error with the system's text if a call fails. */
export function mustSucceed<Table extends PrototypeTable>(
  table: Table,
  calls: Bound<Table>,
  system: Pick<NativeSystem, 'lastError' | 'describeWin32'>,
): Bound<Table> {
  return lazily(table, (name, [, , failure]) => (...args: unknown[]) => {
    const result = calls[name]?.(...args) as number | bigint;
    if (isFailure(failure, result))
      throw failed(name, failure === 'code' ? Number(result) : system.lastError(), system);
    return result;
  }) as Bound<Table>;
}

/**
 * Returns the handle of a library by its absolute path if the process has already loaded it, or by name alone if every
 * process has it.
 */
export function loadedLibrary(path: string): LibraryHandle {
  return koffi.load(path);
}

/** The functions of the process itself: on POSIX systems those of the C library. */
export function ownLibrary(): LibraryHandle {
  return koffi.load(null);
}

/** The size of a pointer in bytes. */
export function pointerBytes(): number {
  return koffi.sizeof('void *');
}

function lazily(
  table: PrototypeTable,
  make: (name: string, prototype: Prototype) => (...args: unknown[]) => unknown,
): Readonly<Record<string, unknown>> {
  const functions = {};
  for (const [name, prototype] of Object.entries(table)) {
    Object.defineProperty(functions, name, {
      configurable: true,
      enumerable: true,
      get: () => {
        const value = make(name, prototype);
        Object.defineProperty(functions, name, { value, enumerable: true });
        return value;
      },
    });
  }
  return functions;
}

function koffiType(word: string) {
  const type = KOFFI_TYPES[word as TypeWord];
  return typeof type === 'string' ? type : koffi.pointer(koffi.struct(type));
}

function isFailure(rule: FailureRule, result: number | bigint): boolean {
  switch (rule) {
    case 'zero':
      return BigInt(result) === 0n;
    case 'minusOne':
      return BigInt(result) === -1n;
    case 'code':
      return result !== 0;
    case 'none':
      return false;
  }
}

function failed(name: string, code: number, { describeWin32 }: Pick<NativeSystem, 'describeWin32'>): Error {
  return new Error(`${name} failed: ${describeWin32(code) ?? 'the system has no text'} (error ${code})`);
}

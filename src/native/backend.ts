/** The native backend: calls the functions of a definition in the real library, through koffi. */
import type { LibraryHandle } from 'koffi';
import { DlletError, messageOf } from '../definition/errors.js';
import type { Backend, CallOutcome, NativeArguments, Room } from '../definition/execution.js';
import { libraryOf } from '../definition/library.js';
import { own } from '../definition/own.js';
import type { Definition, ExpandedFunction } from '../definition/types.js';
import { modelOf } from '../model/model.js';
import { type BoundFunction, bindFreeing, bindPlan, planBinding } from './binding.js';
import { type LibraryLocation, locateLibrary } from './library-path.js';
import type { NativeSystem } from './native-system.js';
import { openLibrary } from './open-library.js';
import { nativeSystem } from './system.js';

export interface NativeBackendOptions {
  readonly definition: Definition;
  /** The absolute path of a library with the definition's functions; default: the library that the definition names. */
  readonly libraryPath?: string | undefined;
  /** The directory of the module, or of the definition; needed for a library that comes with it. */
  readonly directory?: string | undefined;
  /** The platform whose rules apply; default: that of the process. */
  readonly platform?: NodeJS.Platform | undefined;
  /** The operating system; replaced in tests. */
  readonly system?: NativeSystem | undefined;
}

export interface NativeBackend extends Backend {
  readonly name: 'native';
  call(fn: ExpandedFunction, args: NativeArguments, room?: Room): CallOutcome | Promise<CallOutcome>;
  /** Returns a descriptor of stdout that native code does not use; see NativeSystem. */
  ownStdout(): number;
  /**
   * Returns the absolute path of the library, or the name of an API set, without loading it. Throws DlletError
   * `PlatformNotSupported`, `InvalidParameter` or `LibraryNotFound`.
   */
  locate(): string;
  /**
   * Loads the library and finds one function without calling it. Throws the errors that `call` throws before its call.
   */
  bind(fn: ExpandedFunction): void;
}

/**
 * Creates a backend over the libraries of a definition. Each is loaded by its first call, each function is found by its first
 * call, and both are cached. A failure is not cached, so a later call tries again.
 *
 * Calls throw DlletError: `PlatformNotSupported`, `InvalidParameter` (path not absolute, value does not fit the C
 * type), `LibraryNotFound`, `FunctionNotFound`.
 */
export function createNativeBackend(options: NativeBackendOptions): NativeBackend {
  const platform = options.platform ?? process.platform;
  const system = options.system ?? nativeSystem(platform);
  const { definition, libraryPath, directory } = options;
  const bound = new Map<string, BoundFunction>();
  const opened = new Map<string | undefined, { readonly location: LibraryLocation; readonly handle: LibraryHandle }>();

  /** `fn`: the function whose library is located; default: the main library, which the user can replace. */
  const locate = (fn: Pick<ExpandedFunction, 'library'> = {}): LibraryLocation =>
    locateLibrary({
      definition: { ...definition, library: libraryOf(definition, fn) },
      platform,
      libraryPath: fn.library === undefined ? libraryPath : undefined,
      directory,
      systemDirectory: () => system.systemDirectory(),
    });

  const open = (fn: ExpandedFunction) => {
    const known = opened.get(fn.library);
    if (known) return known;
    const location = locate(fn);
    const fresh = { location, handle: openLibrary(location, system) };
    opened.set(fn.library, fresh);
    return fresh;
  };

  /**
   * Returns the function that frees memory that another one allocated: a function of the definition, or an export of
   * one of its libraries.
   */
  const freeing = (fn: ExpandedFunction, name: string): ((pointer: unknown) => void) => {
    const declared = own(definition.functions, name);
    const places = declared ? [declared] : librariesOf(definition, fn);
    const tried = places.map((place) => open({ ...fn, library: place.library } as ExpandedFunction));
    for (const { handle } of tried) {
      const found = unlessMissing(() => bindFreeing(handle, name, (declared ?? fn).callingConvention));
      if (found) return found;
    }
    throw functionMissing(name, tried.map(({ location }) => location.path).join(', '));
  };

  const bind = (fn: ExpandedFunction): BoundFunction => {
    const known = bound.get(fn.name);
    if (known) return known;
    const { location, handle } = open(fn);
    const fresh = bindFunction(handle, location.path, fn, definition, system, (name) => freeing(fn, name));
    bound.set(fn.name, fresh);
    return fresh;
  };

  return {
    name: 'native',
    call: (fn, args, room) => bind(fn)(args, room),
    describeWin32: (code) => system.describeWin32(code),
    describeErrno: (code) => system.describeErrno(code),
    ownStdout: () => system.ownStdout(),
    locate: () => locate().path,
    library: () => attemptToLocate(locate),
    bind: (fn) => void bind(fn),
  };
}

/** The libraries in which a function that no definition declares is searched, in order: first that of `fn`. */
function librariesOf(
  { libraries = {} }: Definition,
  fn: ExpandedFunction,
): { readonly library?: string | undefined }[] {
  const all = [undefined, ...Object.keys(libraries)];
  return [fn.library, ...all.filter((one) => one !== fn.library)].map((library) => ({ library }));
}

/** Ignores a missing library path: a call reports the reason. */
function attemptToLocate(locate: () => LibraryLocation): string | undefined {
  try {
    return locate().path;
  } catch {
    return undefined;
  }
}

function bindFunction(
  handle: LibraryHandle,
  path: string,
  fn: ExpandedFunction,
  definition: Definition,
  system: NativeSystem,
  functionThatFrees: (name: string) => (pointer: unknown) => void,
): BoundFunction {
  const plan = planBinding(modelOf(definition).resolve(fn));
  const bindAs = (symbol: string) =>
    unlessMissing(() => bindPlan(handle, { ...plan, symbol }, system, functionThatFrees));
  const bound = bindAs(plan.symbol);
  if (bound) return bound;
  // Headers define MessageBox as MessageBoxW or MessageBoxA, and documentation omits the letter.
  throw functionMissing(
    fn.name,
    path,
    ['W', 'A'].map((letter) => plan.symbol + letter).filter((symbol) => bindAs(symbol) !== undefined),
  );
}

/** Returns undefined if the library does not export the function. */
function unlessMissing<T>(bind: () => T): T | undefined {
  try {
    return bind();
  } catch (cause) {
    // koffi has no error codes, so its messages are matched: those of version 3.3.4, which tests verify.
    if (cause instanceof DlletError || !messageOf(cause).startsWith('Cannot find function')) throw cause;
    return undefined;
  }
}

/** Under Wine, Node.js reports win32 as the platform. */
const NOT_WINDOWS = process.platform === 'win32' ? ' Wine and ReactOS do not have all functions of Windows.' : '';

/** `withLetter`: exports that have this name with A or W added. */
function functionMissing(name: string, path: string, withLetter: readonly string[] = []): DlletError {
  const isOther = withLetter.length > 0;
  const use = isOther
    ? `The library has ${withLetter.join(' and ')}: write that name in the definition. Otherwise use`
    : 'Use';
  return new DlletError({
    id: 'FunctionNotFound',
    category: 'ObjectNotFound',
    message: `The library ${path} does not export the function ${name}.`,
    recommendedAction: `${use} a version of the library that has this function; its other functions may still work.${NOT_WINDOWS}`,
    data: { path, function: name },
  });
}

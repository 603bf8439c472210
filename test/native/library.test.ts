import { copyFileSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { LibraryHandle } from 'koffi';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import type { Definition, LibraryDefinition } from '../../src/definition/types.js';
import { createNativeBackend, type NativeBackend } from '../../src/native/backend.js';
import { locateLibrary } from '../../src/native/library-path.js';
import type { LibraryOrigin, NativeSystem } from '../../src/native/native-system.js';
import { buildStandIn, buildStandInWithoutOneExport, compileLibrary, copyStandIn } from '../standin/build.js';
import { callNow, errorOf, functionOf, scratchDirectory } from './support.js';

const BLOCK = { StartPort: 5000, NumberOfPorts: 20 };
const LOOKUP_UDP = 'LookupPersistentUdpPortReservation';
const LOOKUP_TCP = 'LookupPersistentTcpPortReservation';

const directory = scratchDirectory();
let definition: Definition;

beforeAll(async () => {
  definition = await loadDefinition('PersistentPortReservation');
});

function lookUp(backend: NativeBackend, name = LOOKUP_UDP): unknown {
  return callNow(backend, functionOf(definition, name), BLOCK).returnValue;
}

/** Windows with a system directory and a loader that loads the stand-in, whatever it is asked for. */
function pretendWindows(opened: [string, LibraryOrigin][], open: () => LibraryHandle): NativeSystem {
  return {
    systemDirectory: () => 'C:\\Windows\\System32',
    open: (file, origin) => {
      opened.push([file, origin]);
      return open();
    },
    ownStdout: () => 1,
    lastErrorKind: 'lastError',
    lastError: () => 0,
    clearLastError: () => {},
    errno: () => 0,
    clearErrno: () => {},
    describeErrno: () => undefined,
    describeWin32: (code) => `text of ${code}`,
  };
}

describe('which library', () => {
  it.each(['linux', 'darwin', 'freebsd'] as const)('refuses to guess on %s and says what to do', (platform) => {
    const error = errorOf(() => lookUp(createNativeBackend({ definition, platform })));
    expect(error).toMatchObject({ id: 'PlatformNotSupported', category: 'NotImplemented', data: { platform } });
    expect(error.message).toContain('Iphlpapi.dll');
    for (const way of ['--backend simulated', '--library <absolute path>']) {
      expect(error.recommendedAction).toContain(way);
    }
  });

  it('takes the DLL of the system directory on Windows, by absolute path', () => {
    const system = pretendWindows([], () => ({}) as LibraryHandle);
    const backend = createNativeBackend({ definition, platform: 'win32', system });
    expect(backend.locate()).toBe('C:\\Windows\\System32\\Iphlpapi.dll');
    const error = errorOf(() => lookUp(backend));
    expect(error).toMatchObject({ id: 'LibraryNotFound', data: { path: 'C:\\Windows\\System32\\Iphlpapi.dll' } });
  });

  const notAbsolute: readonly (readonly [NodeJS.Platform, string])[] = [
    ['linux', ''],
    ['linux', 'libfoo.so'],
    ['linux', './libfoo.so'],
    ['linux', '../libfoo.so'],
    ['linux', 'C:\\foo.dll'],
    ['linux', '/tmp/a\0b.so'],
    ['win32', ''],
    ['win32', 'foo.dll'],
    ['win32', '.\\foo.dll'],
    ['win32', '\\foo.dll'],
    ['win32', '/foo.dll'],
    ['win32', 'C:foo.dll'],
    ['win32', 'C:'],
    ['win32', '\\\\server'],
  ];
  it.each(notAbsolute)('on %s refuses the path %j', (platform, libraryPath) => {
    const error = errorOf(() => lookUp(createNativeBackend({ definition, platform, libraryPath })));
    expect(error).toMatchObject({ id: 'InvalidParameter', category: 'InvalidArgument', data: { path: libraryPath } });
    expect(error.message).toContain('not an absolute path');
  });

  it.each([
    ['linux', '/opt/lib/../x.so', '/opt/x.so'],
    ['win32', 'D:\\libs\\x.dll', 'D:\\libs\\x.dll'],
    ['win32', 'D:/libs/x.dll', 'D:\\libs\\x.dll'],
    ['win32', '\\\\server\\share\\x.dll', '\\\\server\\share\\x.dll'],
    ['win32', '\\\\?\\D:\\x.dll', '\\\\?\\D:\\x.dll'],
  ] as const)('on %s takes the path %s', (platform, libraryPath, expected) => {
    expect(createNativeBackend({ definition, platform, libraryPath }).locate()).toBe(expected);
  });
});

describe('a library of the system', () => {
  const zlib = { files: { linux: 'libz.so.1', darwin: 'libz.dylib', win32: 'zlib1.dll' }, location: 'system' } as const;
  const locate = (library: LibraryDefinition, platform: NodeJS.Platform, present: readonly string[], arch = 'x64') =>
    locateLibrary({
      definition: { ...definition, library },
      platform,
      libraryPath: undefined,
      directory: '/modules/Zlib',
      systemDirectory: () => 'C:\\Windows\\System32',
      arch,
      exists: (file) => present.includes(file),
    });

  it.each([
    ['Debian', ['/lib/x86_64-linux-gnu/libz.so.1', '/usr/lib/x86_64-linux-gnu/libz.so.1'], 'x64'],
    ['Debian on ARM', ['/usr/lib/aarch64-linux-gnu/libz.so.1'], 'arm64'],
    ['Fedora', ['/lib64/libz.so.1', '/usr/lib64/libz.so.1', '/lib/libz.so.1'], 'x64'],
    ['Alpine', ['/lib/libz.so.1'], 'x64'],
    ['an unknown processor', ['/usr/lib/libz.so.1'], 'mips'],
  ])('is found where %s has it', (_name, present, arch) => {
    expect(locate(zlib, 'linux', present, arch)).toEqual({ path: present[0], origin: 'system' });
  });

  it('is looked for nowhere else, and the error lists where', () => {
    const elsewhere = ['/usr/local/lib/libz.so.1', '/modules/Zlib/libz.so.1', 'libz.so.1'];
    const error = errorOf(() => locate(zlib, 'linux', elsewhere));
    expect(error).toMatchObject({ id: 'LibraryNotFound', category: 'ObjectNotFound', data: { library: 'libz.so.1' } });
    expect(error.message).toContain(
      '/lib/x86_64-linux-gnu, /usr/lib/x86_64-linux-gnu, /lib64, /usr/lib64, /lib, /usr/lib.',
    );
  });

  it('has a name on macOS, where it is no file', () => {
    expect(locate(zlib, 'darwin', [])).toEqual({ path: '/usr/lib/libz.dylib', origin: 'system', isVirtual: true });
  });

  it('is an absolute path on Windows, or the name of an API set', () => {
    expect(locate(zlib, 'win32', [])).toEqual({ path: 'C:\\Windows\\System32\\zlib1.dll', origin: 'system' });
    const fileName = 'api-ms-win-core-path-l1-1-0.dll';
    expect(locate({ fileName, location: 'system' }, 'win32', [])).toEqual({
      path: fileName,
      origin: 'system',
      isVirtual: true,
    });
  });

  it('is opened by name if it is an API set', () => {
    const opened: [string, LibraryOrigin][] = [];
    const library = { func: () => () => 0 } as unknown as LibraryHandle;
    const fileName = 'api-ms-win-core-path-l1-1-0.dll';
    const ofApiSet = { ...definition, library: { fileName, location: 'system' } } as const;
    const system = pretendWindows(opened, () => library);
    lookUp(createNativeBackend({ definition: ofApiSet, platform: 'win32', system }));
    expect(opened).toEqual([[fileName, 'system']]);
    const broken = pretendWindows([], () => {
      throw new Error('The specified module could not be found');
    });
    const error = errorOf(() =>
      lookUp(createNativeBackend({ definition: ofApiSet, platform: 'win32', system: broken })),
    );
    expect(error).toMatchObject({ id: 'LibraryNotFound', category: 'ObjectNotFound', data: { path: fileName } });
  });

  it('is not there on other systems, which the error says', () => {
    const error = errorOf(() => locate({ files: { win32: 'zlib1.dll' }, location: 'module' }, 'linux', []));
    expect(error).toMatchObject({ id: 'PlatformNotSupported', data: { platform: 'linux', library: 'zlib1.dll' } });
    expect(error.message).toBe(
      'The definition PersistentPortReservation has no library for linux; it has one for win32: zlib1.dll.',
    );
    expect(errorOf(() => locate(zlib, 'freebsd', [])).id).toBe('PlatformNotSupported');
  });
});

describe('a library that comes with a module', () => {
  it('is the file in the directory of the module', () => {
    const folder = path.join(directory, 'with-module');
    const file = path.basename(copyStandIn(folder));
    const own = { ...definition, library: { files: { [process.platform]: file }, location: 'module' } } as Definition;
    const backend = createNativeBackend({ definition: own, directory: folder });
    expect(backend.locate()).toBe(path.join(folder, file));
    expect(lookUp(backend)).toBe(1168);
    const elsewhere = createNativeBackend({ definition: own, directory: path.join(folder, 'none') });
    expect(errorOf(() => lookUp(elsewhere))).toMatchObject({ id: 'LibraryNotFound', category: 'ObjectNotFound' });
  });

  it('may bring what it needs: it is loaded as one that the user names', () => {
    const own = { ...definition, library: { files: { win32: 'vendor.dll' }, location: 'module' } } as Definition;
    const choice = { definition: own, libraryPath: undefined, systemDirectory: () => undefined };
    expect(locateLibrary({ ...choice, platform: 'win32', directory: 'C:\\Modules\\Own' })).toEqual({
      path: 'C:\\Modules\\Own\\vendor.dll',
      origin: 'explicit',
    });
  });
});

describe('opening the library', () => {
  it('says that a missing library does not exist', () => {
    const libraryPath = path.join(directory, 'nowhere', 'x.so');
    const error = errorOf(() => lookUp(createNativeBackend({ definition, libraryPath })));
    expect(error).toMatchObject({ id: 'LibraryNotFound', category: 'ObjectNotFound', data: { path: libraryPath } });
    expect(error.message).toBe(`The library ${libraryPath} does not exist.`);
  });

  const files: readonly (readonly [string, (file: string) => void])[] = [
    ['a text file', (file) => writeFileSync(file, 'not a library\n'.repeat(100))],
    ['an empty file', (file) => writeFileSync(file, '')],
    ['a library for another system', (file) => writeFileSync(file, Buffer.from(`MZ${'\0'.repeat(4096)}`))],
    ['a directory', (file) => mkdirSync(file)],
    [
      'a library that was cut off',
      (file) => {
        copyFileSync(buildStandIn(), file);
        truncateSync(file, 64);
      },
    ],
  ];
  it.each(files)('says that %s is no library it can load', (name, make) => {
    const libraryPath = path.join(directory, name);
    make(libraryPath);
    const error = errorOf(() => lookUp(createNativeBackend({ definition, libraryPath })));
    expect(error).toMatchObject({ id: 'LibraryNotFound', category: 'InvalidData', data: { path: libraryPath } });
    expect(error.message).toContain(`${libraryPath} exists, but is not a library that this program (`);
    expect(error.message).not.toContain('Failed to load shared library');
  });

  it('tries again after a failed load', () => {
    const libraryPath = path.join(directory, 'later', path.basename(buildStandIn()));
    const backend = createNativeBackend({ definition, libraryPath });
    expect(errorOf(() => lookUp(backend)).id).toBe('LibraryNotFound');
    copyStandIn(path.dirname(libraryPath));
    expect(lookUp(backend)).toBe(1168);
  });

  it('opens nothing before the first call, and once for all calls', () => {
    const opened: [string, LibraryOrigin][] = [];
    const bound: string[] = [];
    const library = {
      func: (_convention: string, name: string) => {
        bound.push(name);
        return () => 1168;
      },
    } as unknown as LibraryHandle;
    // A file that exists, so that the pretended loader is asked.
    const libraryPath = path.resolve(buildStandIn());
    const system = pretendWindows(opened, () => library);
    const backend = createNativeBackend({ definition, libraryPath, platform: 'linux', system });
    expect(backend.locate()).toBe(libraryPath);
    expect(opened).toEqual([]);
    lookUp(backend);
    lookUp(backend);
    lookUp(backend, LOOKUP_TCP);
    expect(opened).toEqual([[libraryPath, 'explicit']]);
    expect(bound).toEqual([LOOKUP_UDP, LOOKUP_TCP]);
  });

  it('keeps working when the file is gone after loading', () => {
    const libraryPath = copyStandIn(path.join(directory, 'gone'));
    const backend = createNativeBackend({ definition, libraryPath });
    lookUp(backend);
    if (process.platform !== 'win32') rmSync(libraryPath);
    expect(lookUp(backend, LOOKUP_TCP)).toBe(1168);
  });
});

describe('finding the functions', () => {
  it('names a missing export and serves the others', () => {
    const libraryPath = buildStandInWithoutOneExport();
    const backend = createNativeBackend({ definition, libraryPath });
    expect(lookUp(backend)).toBe(1168);
    const missing = { path: libraryPath, function: LOOKUP_TCP };
    for (const action of [
      () => lookUp(backend, LOOKUP_TCP),
      () => lookUp(backend, LOOKUP_TCP),
      () => backend.bind(functionOf(definition, LOOKUP_TCP)),
    ]) {
      const error = errorOf(action);
      expect(error).toMatchObject({ id: 'FunctionNotFound', category: 'ObjectNotFound', data: missing });
      expect(error.message).toBe(`The library ${libraryPath} does not export the function ${LOOKUP_TCP}.`);
      expect(error.recommendedAction).toContain('its other functions may still work');
    }
    expect(lookUp(backend, 'DeletePersistentTcpPortReservation')).toBe(1168);
  });

  it.skipIf(process.platform === 'win32')(
    'names the export with a letter for its characters, which pages leave out',
    () => {
      const exported = [`${LOOKUP_TCP}W`, `${LOOKUP_TCP}A`];
      const source = exported
        .map((name) => `__attribute__((visibility("default"))) int ${name}(void) { return 0; }`)
        .join('\n');
      const libraryPath = compileLibrary(directory, 'letters', source);
      const error = errorOf(() => lookUp(createNativeBackend({ definition, libraryPath }), LOOKUP_TCP));
      expect(error).toMatchObject({ id: 'FunctionNotFound' });
      expect(error.recommendedAction).toContain(`The library has ${exported.join(' and ')}: write that name`);
    },
  );

  it('binds without calling', () => {
    const libraryPath = copyStandIn(path.join(directory, 'bind'), { state: '' });
    const backend = createNativeBackend({ definition, libraryPath });
    for (const fn of Object.values(definition.functions)) backend.bind(fn);
    expect(lookUp(backend)).toBe(1168);
  });
});

describe('system text', () => {
  it('comes from the system', () => {
    const system = pretendWindows([], () => ({}) as LibraryHandle);
    expect(createNativeBackend({ definition, platform: 'win32', system }).describeWin32(5)).toBe('text of 5');
  });

  it.skipIf(process.platform === 'win32')('does not exist outside Windows', () => {
    expect(createNativeBackend({ definition }).describeWin32(5)).toBeUndefined();
  });

  it.runIf(process.platform === 'win32')('is a trimmed sentence on Windows, and nothing for an unknown code', () => {
    const backend = createNativeBackend({ definition });
    expect(backend.describeWin32(5)).toMatch(/\S$/);
    expect(backend.describeWin32(0x2fff_ffff)).toBeUndefined();
  });
});

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { collectAddons, knownPlatforms } from '../../src/package/addons.js';
import { defaultCache, integrityOf, type RunNpm } from '../../src/package/fetch-package.js';
import { type PackageList, readPackageList } from '../../src/package/package-list.js';
import { readTarball } from '../../src/package/tarball.js';
import { temporaryDirectory } from '../support/directories.js';
import { HERE } from './support.js';

/** A tarball as npm makes them. */
function tarball(files: Record<string, string>, type = '0'): Buffer {
  const blocks = Object.entries(files).flatMap(([name, text]) => {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write(text.length.toString(8).padStart(11, '0'), 124);
    header.write(type, 156);
    const content = Buffer.alloc(Math.ceil(text.length / 512) * 512);
    content.write(text);
    return [header, content];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

const FILES = {
  'package/package.json': '{}',
  'package/index.js': 'x'.repeat(600),
  'package/README.md': 'read me',
  'package/abc/koffi.node': 'binary',
  'package/abc/koffi.lib': 'for linkers',
};

/** A platform that is not installed, whose package is the one above. */
function place(integrity = integrityOf(tarball(FILES))) {
  const cacheDirectory = temporaryDirectory();
  const real = readPackageList();
  const packages: PackageList = {
    ...real,
    addons: [...real.addons, { name: '@koromix/koffi-abc', version: '1.2.3', license: 'MIT', integrity }],
  };
  const calls: string[][] = [];
  const runNpm: RunNpm = async (args) => {
    calls.push([...args]);
    writeFileSync(path.join(args.at(-1) ?? '', 'koromix-koffi-abc-1.2.3.tgz'), tarball(FILES));
  };
  return { packages, cacheDirectory, runNpm, calls };
}

describe('addons', () => {
  it('come from the installed packages without npm', async () => {
    const { packages, calls, ...options } = place();
    const [addon] = await collectAddons(packages, [HERE, HERE], options);
    expect(addon?.facts.name).toBe(`@koromix/koffi-${HERE}`);
    expect(
      [...(addon?.files.keys() ?? [])].filter((file) => !/^(package\.json|index\.js|.*koffi\.node)$/.test(file)),
    ).toEqual([]);
    expect(calls).toEqual([]);
  });

  it('of other platforms come from npm once, in the locked version, and then from the cache', async () => {
    const { packages, calls, ...options } = place();
    for (let time = 0; time < 2; time++) {
      const [addon] = await collectAddons(packages, ['abc'], options);
      expect([...(addon?.files.keys() ?? [])]).toEqual(['package.json', 'index.js', 'abc/koffi.node']);
    }
    expect(calls).toEqual([
      ['pack', '@koromix/koffi-abc@1.2.3', '--ignore-scripts', '--silent', '--pack-destination', expect.any(String)],
    ]);
    expect(readdirSync(options.cacheDirectory)).toEqual(['koromix-koffi-abc-1.2.3.tgz']);
  });

  it('are fetched again when the cached file is damaged', async () => {
    const { packages, calls, ...options } = place();
    writeFileSync(path.join(options.cacheDirectory, 'koromix-koffi-abc-1.2.3.tgz'), 'damaged');
    await collectAddons(packages, ['abc'], options);
    expect(calls).toHaveLength(1);
  });

  it('are refused when they are not what the lock file says, and leave nothing in the cache', async () => {
    const { packages, ...options } = place(integrityOf(Buffer.from('another')));
    await expect(collectAddons(packages, ['abc'], options)).rejects.toThrow(
      /something else as @koromix\/koffi-abc@1\.2\.3/,
    );
    expect(readdirSync(options.cacheDirectory)).toEqual([]);
  });

  it('that cannot be fetched are an error which says what to do', async () => {
    const { packages, cacheDirectory } = place();
    const runNpm: RunNpm = () =>
      Promise.reject(Object.assign(new Error('exit 1'), { stderr: 'npm error ENOTFOUND\n' }));
    const error = await collectAddons(packages, ['abc'], { cacheDirectory, runNpm }).catch(
      (thrown: Error) => thrown.message,
    );
    expect(error).toContain('npm could not fetch it: npm error ENOTFOUND');
    expect(error).toContain(`copy the file to ${path.join(cacheDirectory, 'koromix-koffi-abc-1.2.3.tgz')}`);
  });

  it('of a platform that koffi does not know are an error with the ones it knows', async () => {
    await expect(collectAddons(readPackageList(), ['win32-mips'])).rejects.toThrow(
      /no addon for 'win32-mips'; it has: .*win32-x64/,
    );
    expect(knownPlatforms(readPackageList())).toEqual(
      expect.arrayContaining(['win32-x64', 'win32-arm64', 'win32-ia32']),
    );
  });
});

describe('tarballs', () => {
  it.each<[string, string]>([
    ['a path upwards', 'package/../../evil.js'],
    ['an absolute path', 'package//etc/evil.js'],
    ['a path of Windows', 'package/a\\..\\..\\evil.js'],
    ['a drive', 'package/c:evil.js'],
  ])('with %s are refused', (_name, file) => {
    expect(() => readTarball(tarball({ [file]: 'x' }))).toThrow(/unsafe name/);
  });

  it('with links are refused, damaged ones too', () => {
    expect(() => readTarball(tarball({ 'package/link': '' }, '2'))).toThrow(/entry of type '2'/);
    const whole = gzipSync(Buffer.alloc(512, 'x'));
    expect(() => readTarball(whole)).toThrow(/damaged/);
  });
});

it('the cache is the one of the user, never a relative path', () => {
  expect(defaultCache({ XDG_CACHE_HOME: '/somewhere' }, 'linux')).toBe(path.join('/somewhere', 'dllet', 'packages'));
  expect(path.isAbsolute(defaultCache({ XDG_CACHE_HOME: 'here' }, 'linux'))).toBe(true);
  expect(defaultCache({}, 'win32')).toMatch(/AppData.Local.dllet.packages$/);
});

it('the recorded hashes are those of the lock file', () => {
  const lock = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'));
  expect(existsSync(new URL('../../dist/packages.json', import.meta.url))).toBe(true);
  for (const { name, version, integrity } of readPackageList().addons) {
    expect(lock.packages[`node_modules/${name}`]).toMatchObject({ version, integrity });
  }
});

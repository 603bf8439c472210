/** Runs test files of this repository in node.exe, and registers their results as tests of the run outside. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { describe, expect, it } from 'vitest';
import type { InsideFile, InsideResults, InsideWork } from './inside/results.js';
import { type NodeMajor, nodeExe } from './packages.js';
import { NODE_MODULES } from './prepare.js';
import { BUILD, ROOT, runWindows, windowsPath } from './wine.js';

/** Tests of calls into DLLs: the contract, and everything about the ABI and the system. */
export const NATIVE: readonly string[] = [
  'test/windows/inside/system-dlls.ts',
  'test/windows/inside/audit.ts',
  'test/windows/inside/imported.ts',
  'test/windows/inside/planting.ts',
  'test/contract/backends.contract.test.ts',
  'test/native/any-dll.test.ts',
  'test/native/binding.test.ts',
  'test/native/byte-order.test.ts',
  'test/native/library.test.ts',
  'test/extensions/port-reservation/native/port-table-address.test.ts',
  'test/extensions/port-reservation/native/port-tables.test.ts',
  'test/native/last-error.test.ts',
  'test/native/stand-in-processes.test.ts',
  'test/native/tokens.test.ts',
];

/** Tests that depend on files, locks and sockets of Windows rather than on the version of node. */
export const STATEFUL: readonly string[] = [
  'test/contract/equivalence.contract.test.ts',
  'test/simulation/backend.test.ts',
  'test/extensions/port-reservation/simulation/manage.test.ts',
  'test/simulation/state-file.test.ts',
  'test/extensions/port-reservation/ports/bind-probe.test.ts',
];

/** The names of tests that cannot run on Windows or in Wine; they are skipped. */
const EXCEPTIONS: readonly string[] = [
  // test/native/library.test.ts: simulates Windows with a system directory that does not exist.
  'takes the DLL of the system directory on Windows, by absolute path',
  // The same file: passes a Windows path to the rules of Linux.
  'opens nothing before the first call, and once for all calls',
  // test/simulation/state-file.test.ts: Windows has no chmod, and its rmdir reports a file as missing.
  'fails when the file may not be read',
  'fails when the directory may not be written to',
  'fails when something else has its name',
  // test/extensions/port-reservation/ports/bind-probe.test.ts: Wine binds any address, treats :: as 0.0.0.0 as well,
  // and is slow at it.
  'says when the address is not one of this computer',
  'asks about one address family at a time',
  'answers all 65,536 UDP ports, right for those that are held, in seconds',
  'lets the rest of the program run meanwhile',
];

/** Registers a test for each test in the files, with its result in node.exe. */
export function registerInside(major: NodeMajor, sources: readonly string[], results: InsideResults): void {
  describe(`node.exe ${results.version} on ${results.platform}`, () => {
    it('is Windows', () => {
      expect(results.platform).toBe('win32 x64');
      expect(results.version).toMatch(new RegExp(`^v${major}\\.`));
    });
    for (const source of sources) {
      describe(source, () => {
        const tests = results.tests.filter((test) => test.source === source);
        it('has tests', () => expect(tests.filter(({ state }) => state !== 'skip')).not.toEqual([]));
        for (const { name, state, errors } of tests) {
          it.skipIf(state === 'skip')(name || 'loads', () => {
            if (state === 'fail') throw new Error(errors.join('\n\n') || 'it failed');
          });
        }
      });
    }
  });
}

/**
 * Runs the files in node.exe. This must happen while the tests are collected. The code of this repository is bundled;
 * koffi is the one for Windows, and the library is the Windows stand-in.
 */
export async function runInside(major: NodeMajor, sources: readonly string[]): Promise<InsideResults> {
  mkdirSync(path.join(BUILD, 'inside'), { recursive: true });
  // Inside build/windows, because its node_modules contains koffi for Windows.
  const directory = mkdtempSync(path.join(BUILD, 'inside', 'run-'));
  try {
    const files = await bundle(sources, directory);
    const list = path.join(directory, 'files.json');
    const results = path.join(directory, 'results.json');
    const temporary = path.join(directory, 'temporary');
    mkdirSync(temporary);
    writeFileSync(list, JSON.stringify({ files, exceptions: EXCEPTIONS } satisfies InsideWork));
    const main = path.join(directory, 'main.mjs');
    const run = await runWindows(nodeExe(major), [main, list, results, temporary].map(windowsPath), {
      // For code that resolves koffi from the path of its source: the koffi there has no addon for Windows.
      environment: { NODE_PATH: windowsPath(NODE_MODULES) },
      timeoutMs: 1000 * 60 * 10,
    });
    const text = readIfThere(results);
    if (text === undefined) throw new Error(`node.exe ended with ${run.status}:\n${run.stdout}${run.stderr}`);
    return JSON.parse(text) as InsideResults;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Creates one bundle for each file, with shared code separate, so that there is one runner. */
async function bundle(sources: readonly string[], directory: string): Promise<InsideFile[]> {
  const nameOf = (source: string) => `test-${createHash('sha256').update(source).digest('hex').slice(0, 16)}`;
  const entries = sources.map((source) => [nameOf(source), path.join(ROOT, source)]);
  const inside = path.join(ROOT, 'test', 'windows', 'inside');
  await build({
    entryPoints: { main: path.join(inside, 'main.ts'), ...Object.fromEntries(entries) },
    outdir: directory,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    mainFields: ['module', 'main'],
    external: ['koffi', 'esbuild'],
    alias: { vitest: path.join(inside, 'vitest.ts') },
    banner: { js: COMMONJS },
    plugins: [runnerOfVitest, addressOfSources],
    logLevel: 'warning',
  });
  return sources.map((source) => ({ source, bundle: windowsPath(path.join(directory, `${nameOf(source)}.mjs`)) }));
}

/** The variables that bundled CommonJS packages expect. */
const COMMONJS = `import { createRequire as $createRequire } from 'node:module';
const require = $createRequire(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname;`;

/** Resolves packages of vitest that need not be at the top of node_modules. */
const runnerOfVitest: Plugin = {
  name: 'runner-of-vitest',
  setup(context) {
    const require = createRequire(createRequire(import.meta.url).resolve('vitest/package.json'));
    context.onResolve({ filter: /^@vitest\/(runner|expect|spy)$/ }, ({ path: name }) => ({
      path: require.resolve(name),
    }));
  },
};

/** Sources locate files through import.meta.url, so each keeps its own URL, with the Windows drive. */
const addressOfSources: Plugin = {
  name: 'address-of-sources',
  setup(context) {
    context.onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
      const address = JSON.stringify(pathToFileURL(file).href.replace('file:///', 'file:///Z:/'));
      return { contents: readFileSync(file, 'utf8').replaceAll('import.meta.url', address), loader: 'ts' };
    });
  },
};

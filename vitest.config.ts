import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Files run two at a time: first those without an engine, then those in PowerShell. Those in Wine run one by one.
 *
 * Outside Wine, the files of a worker share its modules, which saves half of the time of a short file. A file that changes what a module
 * holds, as one does that registers a kind, ends with `vi.resetModules()`.
 */
const SHARED = { isolate: false };
const SIDE_BY_SIDE = { ...SHARED, maxWorkers: 2, sequence: { groupOrder: 0 } };
const ENGINES = { ...SHARED, maxWorkers: 2, sequence: { groupOrder: 1 } };
const ALONE = { maxWorkers: 1, sequence: { groupOrder: 2 } };

/** Without .NET's dynamic profiling, because it does not pay off in the short sessions of PowerShell. */
const SHORT_LIVED = { DOTNET_TieredPGO: '0' };

/** One project a layer: `npm run test:unit`, `test:contract`, `test:powershell`. */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...SIDE_BY_SIDE,
          name: 'unit',
          include: [
            'test/{audit,bridge,cli,definition,diagnosis,docs,dsc,extensions,generator,import,kinds,model,native,outputs,package,simulation,verification}/**/*.test.ts',
            'test/*.test.ts',
          ],
          exclude: ['test/package/*.{powershell,npm}.test.ts'],
          // Some start dozens of programs, each of which takes a second on a busy machine.
          testTimeout: 120_000,
        },
      },
      { test: { ...SIDE_BY_SIDE, name: 'contract', include: ['test/contract/**/*.test.ts'], testTimeout: 240_000 } },
      {
        test: {
          ...ENGINES,
          name: 'powershell',
          env: SHORT_LIVED,
          include: ['test/powershell/**/*.test.ts', 'test/package/*.powershell.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          ...SIDE_BY_SIDE,
          name: 'net472',
          include: ['test/{net472,client}/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          ...SIDE_BY_SIDE,
          name: 'npm',
          include: ['test/package/*.npm.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        // The module's own tests once more, with Windows programs under Wine in place of the host and the stand-in.
        resolve: {
          alias: [
            {
              find: /^\.\.\/support\/powershell-module\.js$/,
              replacement: here('test/windows/powershell/module-bench.ts'),
            },
            { find: /^\.\.\/standin\/build\.js$/, replacement: here('test/windows/powershell/standin-build.ts') },
          ],
        },
        test: {
          ...ALONE,
          name: 'windows',
          include: [
            'test/windows/**/*.test.ts',
            'test/powershell/module-{child,confirmation,environment,errors,library,lifecycle,options,parameters,pipeline,runspaces,simulated,tokens,verify}.test.ts',
            'test/powershell/{constrained,diagnostic,other-word,pipe-binds-nothing,pipeline-rows,ports-blocks,socket-reservation}.test.ts',
          ],
          globalSetup: ['test/windows/prepare.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      { test: { ...SIDE_BY_SIDE, name: 'browser', include: ['test/browser/**/*.test.ts'], testTimeout: 120_000 } },
    ],
    coverage: { provider: 'v8', include: ['src/**/*.ts'], reporter: ['text', 'json-summary'] },
  },
});

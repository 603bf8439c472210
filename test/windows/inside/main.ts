/**
 * Runs in node.exe: executes the bundled test files that its first argument (a JSON file) lists. The results go into
 * the JSON file of its second argument, temporary files into the folder of its third.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { startTests, type VitestRunner } from '@vitest/runner';
import type { RunnerTestFile as File, RunnerTask as Task } from 'vitest';
import type { InsideResult, InsideResults, InsideWork } from './results.js';

/** Windows cannot delete a loaded library, so the folder of a test is deleted after the process has exited. */
const LOADED_LIBRARY = /EPERM: operation not permitted, unlink '[^']*\.dll'/;

const [listFile = '', resultFile = '', temporary = ''] = process.argv.slice(2);
process.env.TEMP = temporary;
process.env.TMP = temporary;
const { files: wanted, exceptions } = JSON.parse(readFileSync(listFile, 'utf8')) as InsideWork;
const escaped = exceptions.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));

const runner: VitestRunner = {
  config: {
    root: '/',
    name: 'windows',
    setupFiles: [],
    passWithNoTests: false,
    testNamePattern: new RegExp(`^(?!.*(?:${escaped.join('|')})$)`),
    allowOnly: false,
    sequence: { seed: 1, hooks: 'stack', setupFiles: 'list' },
    chaiConfig: undefined,
    maxConcurrency: 1,
    testTimeout: 240_000,
    hookTimeout: 60_000,
    retry: 0,
    includeTaskLocation: false,
    tags: [],
    tagsFilter: undefined,
    strictTags: false,
  },
  importFile: (file) => import(pathToFileURL(file).href),
};

const files = (await startTests(
  wanted.map(({ bundle }) => bundle),
  runner,
)) as File[];
const results: InsideResults = {
  platform: `${process.platform} ${process.arch}`,
  version: process.version,
  tests: files.flatMap((file) => {
    const source = wanted.find(
      ({ bundle }) => bundle.replaceAll('\\', '/') === file.filepath.replaceAll('\\', '/'),
    )?.source;
    return resultsOf(file, source ?? file.filepath);
  }),
};
writeFileSync(resultFile, JSON.stringify(results));
process.exit(0);

function resultsOf(task: Task | File, source: string, names: readonly string[] = []): InsideResult[] {
  const here = 'filepath' in task ? [] : [...names, task.name];
  const errors = (task.result?.errors ?? [])
    .map((error) => error.stack ?? error.message)
    .filter((text) => !LOADED_LIBRARY.test(text));
  const own: InsideResult = {
    source,
    name: here.join(' > '),
    state: stateOf(task),
    errors,
    milliseconds: task.result?.duration ?? 0,
  };
  if (!('tasks' in task)) return [own];
  // A suite counts only if it fails itself: in a hook, or while its tests are collected.
  return [...(errors.length > 0 ? [own] : []), ...task.tasks.flatMap((one) => resultsOf(one, source, here))];
}

function stateOf(task: Task | File): InsideResult['state'] {
  if (task.mode === 'skip' || task.mode === 'todo' || task.result?.state === 'skip') return 'skip';
  return task.result?.state === 'pass' ? 'pass' : 'fail';
}

/** The workflows: what they call must be there, and nothing of them is trusted further than it needs. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from './support/cli.js';

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly 'timeout-minutes'?: number;
        readonly strategy: {
          readonly matrix: { readonly os?: string[]; readonly include?: { readonly os: string }[] };
        };
        readonly steps: readonly Step[];
      }
    >
  >;
}

const FOLDER = path.join(ROOT, '.github', 'workflows');
const FILES = readdirSync(FOLDER);
const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

const read = (file: string) => parse(readFileSync(path.join(FOLDER, file), 'utf8')) as Workflow;
const stepsOf = (workflow: Workflow) => Object.values(workflow.jobs).flatMap((job) => job.steps);

describe.each(FILES)('%s', (file) => {
  const workflow = read(file);

  it('calls npm scripts that exist, and those run files that exist', () => {
    const commands = stepsOf(workflow).flatMap(({ run = '' }) => run.split('\n'));
    const called = commands.flatMap((line) =>
      [...line.matchAll(/\bnpm (?:run ([\w:-]+)|(test)\b)/g)].map(([, name, test]) => name ?? test),
    );
    expect(called.length).toBeGreaterThan(0);
    for (const name of called) {
      const script = scripts[name as string];
      expect(script, `npm run ${name}`).toBeDefined();
      const [, target] = /^node (\S+)/.exec(script ?? '') ?? [];
      if (target !== undefined) expect(existsSync(path.join(ROOT, target)), target).toBe(true);
    }
  });

  it('takes actions by a full commit hash or a major version, from their makers', () => {
    const used = stepsOf(workflow).flatMap(({ uses }) => (uses === undefined ? [] : [uses]));
    for (const action of used) expect(action).toMatch(/^actions\/[\w-]+@(v\d+|[0-9a-f]{40})$/);
  });

  it('may read the repository and nothing else, and every job ends some time', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    for (const job of Object.values(workflow.jobs)) expect(job['timeout-minutes']).toBeGreaterThan(0);
  });
});

describe('the workflows together', () => {
  const jobs = FILES.flatMap((file) => Object.values(read(file).jobs));
  const systemsOf = (command: string) =>
    jobs
      .filter((job) => job.steps.some(({ run }) => run?.includes(command)))
      .flatMap(({ strategy: { matrix } }) => [...(matrix.os ?? []), ...(matrix.include ?? []).map(({ os }) => os)]);

  it('verify on real Windows, for both processors', () => {
    expect(systemsOf('npm run verify:windows')).toEqual(expect.arrayContaining(['windows-latest', 'windows-11-arm']));
  });

  it('run the tests on Linux, macOS and Windows', () => {
    expect(systemsOf('npm test')).toEqual(expect.arrayContaining(['ubuntu-latest', 'macos-latest', 'windows-latest']));
  });
});

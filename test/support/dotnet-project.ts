/** Builds a C# project of the tests with the .NET SDK, only if one of its sources is newer than the last build. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withDirectoryLock } from './lock.js';

export interface DotnetProject {
  /** Its name in error messages. */
  readonly title: string;
  /** The folder of the project file. */
  readonly source: string;
  /** Other folders with sources of the project. */
  readonly alsoFrom?: readonly string[];
  /** The folder of the build; the executable is in its `bin` or `publish`. */
  readonly build: string;
  /** The name of the assembly. */
  readonly assembly: string;
  /** True if it is published, and therefore compiled ahead of time if its project file requests it. */
  readonly isPublished?: boolean;
}

/**
 * Returns the path of the project's executable, and builds it if necessary. Throws if there is no .NET SDK or the build
 * fails.
 */
export function buildDotnetProject(project: DotnetProject): string {
  const { build, assembly, isPublished = false } = project;
  const executable = path.join(
    build,
    isPublished ? 'publish' : 'bin',
    `${assembly}${process.platform === 'win32' ? '.exe' : ''}`,
  );
  if (isFresh(project, executable)) return executable;
  mkdirSync(build, { recursive: true });
  // Several test processes call this at the same time: one builds, the others wait for it.
  withDirectoryLock(path.join(build, 'lock'), () => {
    if (!isFresh(project, executable)) compile(project);
  });
  return executable;
}

function compile({ title, source, build, isPublished = false }: DotnetProject): void {
  const verb = isPublished ? 'publish' : 'build';
  const output = isPublished ? [`-p:PublishDir=${path.join(build, 'publish')}${path.sep}`] : [];
  const startedAt = new Date();
  rmSync(stampOf(build), { force: true });
  const result = spawnSync('dotnet', [verb, source, '-c', 'Release', '--nologo', '-v', 'quiet', ...output], {
    encoding: 'utf8',
  });
  if (result.error) {
    throw new Error(`${title} needs the .NET SDK 10 ("dotnet" on the PATH) to be built: ${result.error.message}`, {
      cause: result.error,
    });
  }
  if (result.status !== 0) {
    throw new Error(`"dotnet ${verb}" of ${title} failed:\n${result.stdout}${result.stderr}`);
  }
  writeFileSync(stampOf(build), '');
  utimesSync(stampOf(build), startedAt, startedAt);
}

function isFresh({ source, alsoFrom = [], build }: DotnetProject, executable: string): boolean {
  if (!existsSync(executable) || !existsSync(stampOf(build))) return false;
  const builtAt = statSync(stampOf(build)).mtimeMs;
  return [source, ...alsoFrom].flatMap(sourcesOf).every((file) => statSync(file).mtimeMs <= builtAt);
}

function sourcesOf(source: string): string[] {
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(cs|csproj|props|psd1|json)$/.test(name))
    .map((name) => path.join(source, name));
}

function stampOf(build: string): string {
  return path.join(build, 'built');
}

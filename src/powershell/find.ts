/** Finds the PowerShell to run. */
import { statSync } from 'node:fs';
import path from 'node:path';

/** The part of the file system that the search uses; replaced in tests. */
export type IsFile = (file: string) => boolean;

/**
 * Returns the absolute path of PowerShell, or undefined: the one in NODE_POWERSHELL, or `pwsh` in PATH, or, on Windows,
 * Windows PowerShell. NODE_POWERSHELL must be the absolute path of a file, because node-powershell starts it as
 * written. If it is anything else, there is no fallback.
 */
export function findPowerShell(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  isFile: IsFile = isExistingFile,
): string | undefined {
  const named = variable('NODE_POWERSHELL', environment, platform);
  if (named) return pathsOf(platform).isAbsolute(named) && isFile(named) ? named : undefined;
  const onPath = (name: string) => resolveExecutable(name, environment, platform, isFile);
  if (platform !== 'win32') return onPath('pwsh');
  return onPath('pwsh.exe') ?? onPath('powershell.exe') ?? windowsPowerShell(environment, isFile);
}

/**
 * Returns the absolute path of an executable: an absolute path is kept, a bare name is searched in the absolute
 * directories of PATH. The current directory is never searched, so a relative path is rejected.
 */
export function resolveExecutable(
  name: string,
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  isFile: IsFile = isExistingFile,
): string | undefined {
  const paths = pathsOf(platform);
  const fileName = platform === 'win32' && !paths.extname(name) ? `${name}.exe` : name;
  const isBareName = paths.basename(name) === name;
  const folders = isBareName ? searchPath(environment, platform) : [''];
  return folders
    .map((folder) => paths.join(folder, fileName))
    .find((candidate) => paths.isAbsolute(candidate) && isFile(candidate));
}

function searchPath(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  const paths = pathsOf(platform);
  const value = variable('PATH', environment, platform) ?? '';
  return value.split(paths.delimiter).filter((folder) => paths.isAbsolute(folder));
}

const pathsOf = (platform: NodeJS.Platform) => (platform === 'win32' ? path.win32 : path.posix);

function windowsPowerShell(environment: NodeJS.ProcessEnv, isFile: IsFile): string | undefined {
  const root = variable('SystemRoot', environment, 'win32');
  if (!root || !path.win32.isAbsolute(root)) return undefined;
  const file = path.win32.join(root, 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe');
  return isFile(file) ? file : undefined;
}

/** Environment variable names are case-insensitive on Windows, but not in a copied environment object. */
function variable(name: string, environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | undefined {
  if (platform !== 'win32') return environment[name];
  const key = Object.keys(environment).find((candidate) => candidate.toUpperCase() === name.toUpperCase());
  return key === undefined ? undefined : environment[key];
}

function isExistingFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

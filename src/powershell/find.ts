/** Which PowerShell to run. */
import { statSync } from 'node:fs';
import path from 'node:path';

/** Only what the search needs of the file system; a test gives its own. */
export type IsFile = (file: string) => boolean;

/**
 * The absolute path of the PowerShell to use, or undefined: the one that NODE_POWERSHELL names (which also
 * node-powershell puts first), else `pwsh` on the PATH, on Windows else Windows PowerShell.
 * When NODE_POWERSHELL is set but names nothing, there is no second choice.
 */
export function findPowerShell(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  isFile: IsFile = isExistingFile,
): string | undefined {
  const named = variable('NODE_POWERSHELL', environment, platform);
  if (named) return resolveExecutable(named, environment, platform, isFile);
  const onPath = (name: string) => resolveExecutable(name, environment, platform, isFile);
  if (platform !== 'win32') return onPath('pwsh');
  return onPath('pwsh.exe') ?? onPath('powershell.exe') ?? windowsPowerShell(environment, isFile);
}

/**
 * The absolute path behind the name of an executable: an absolute path stays, a bare name is looked up in the
 * absolute folders of the PATH. Nothing is ever taken from the current directory, so a relative path is refused.
 */
export function resolveExecutable(
  name: string,
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  isFile: IsFile = isExistingFile,
): string | undefined {
  const paths = platform === 'win32' ? path.win32 : path.posix;
  const fileName = platform === 'win32' && !paths.extname(name) ? `${name}.exe` : name;
  const isBareName = paths.basename(name) === name;
  const folders = isBareName ? searchPath(environment, platform) : [''];
  return folders
    .map((folder) => paths.join(folder, fileName))
    .find((candidate) => paths.isAbsolute(candidate) && isFile(candidate));
}

function searchPath(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  const paths = platform === 'win32' ? path.win32 : path.posix;
  const value = variable('PATH', environment, platform) ?? '';
  return value.split(paths.delimiter).filter((folder) => paths.isAbsolute(folder));
}

function windowsPowerShell(environment: NodeJS.ProcessEnv, isFile: IsFile): string | undefined {
  const root = variable('SystemRoot', environment, 'win32');
  if (!root || !path.win32.isAbsolute(root)) return undefined;
  const file = path.win32.join(root, 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe');
  return isFile(file) ? file : undefined;
}

/** Windows does not tell the case of variable names apart, but a copied environment object does. */
function variable(name: string, environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | undefined {
  if (platform !== 'win32') return environment[name];
  const key = Object.keys(environment).find((candidate) => candidate.toUpperCase() === name.toUpperCase());
  return key === undefined ? undefined : environment[key];
}

function isExistingFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

// Helpers of the scripts and tests for the .NET SDK.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { root } from './setup.mjs';

/** Returns the output of `dotnet`. Throws an Error that says what is missing or what failed. */
export function dotnet(args) {
  const { status, error, stdout, stderr } = spawnSync('dotnet', args, { cwd: root, encoding: 'utf8' });
  if (error) throw new Error(`The .NET SDK 10 is missing ("dotnet" on the PATH): ${error.message}`, { cause: error });
  if (status !== 0) throw new Error(`"dotnet ${args.join(' ')}" failed:\n${stdout}${stderr}`);
  return stdout;
}

/** True if there is an SDK. A `dotnet` command can also be the runtime only. */
export function hasDotnetSdk() {
  const { status, stdout } = spawnSync('dotnet', ['--list-sdks'], { encoding: 'utf8' });
  return status === 0 && stdout.trim() !== '';
}

/** Returns the folder of a NuGet package of this version. It exists only if the package was restored. */
export function packageFolder(name, version) {
  const [, folder] = /global-packages: (.+)/.exec(dotnet(['nuget', 'locals', 'global-packages', '--list'])) ?? [];
  if (folder === undefined) throw new Error('"dotnet nuget locals global-packages --list" names no folder.');
  return path.join(folder.trim(), name.toLowerCase(), version);
}

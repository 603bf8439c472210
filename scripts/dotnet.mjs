// What the scripts and the tests ask of the .NET SDK.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { root } from './setup.mjs';

/** What `dotnet` printed. Throws an Error that says what is missing or what failed. */
export function dotnet(args) {
  const { status, error, stdout, stderr } = spawnSync('dotnet', args, { cwd: root, encoding: 'utf8' });
  if (error) throw new Error(`The .NET SDK 10 is missing ("dotnet" on the PATH): ${error.message}`, { cause: error });
  if (status !== 0) throw new Error(`"dotnet ${args.join(' ')}" failed:\n${stdout}${stderr}`);
  return stdout;
}

/** True where an SDK is: a machine that only runs .NET programs has `dotnet` too, but nothing to build with. */
export function hasDotnetSdk() {
  const { status, stdout } = spawnSync('dotnet', ['--list-sdks'], { encoding: 'utf8' });
  return status === 0 && stdout.trim() !== '';
}

/** The folder of a restored NuGet package, of this version. It need not be there. */
export function packageFolder(name, version) {
  const [, folder] = /global-packages: (.+)/.exec(dotnet(['nuget', 'locals', 'global-packages', '--list'])) ?? [];
  if (folder === undefined) throw new Error('"dotnet nuget locals global-packages --list" names no folder.');
  return path.join(folder.trim(), name.toLowerCase(), version);
}

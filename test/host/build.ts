/** Builds the PowerShell test host with the .NET SDK, only when one of its sources is newer than the last build. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { withDirectoryLock } from './lock.js';

const SOURCE = path.dirname(fileURLToPath(import.meta.url));
const BUILD = path.resolve(SOURCE, '..', '..', 'build', 'host');
const STAMP = path.join(BUILD, 'built');
const EXECUTABLE = path.join(BUILD, 'publish', `dllet-powershell-host${process.platform === 'win32' ? '.exe' : ''}`);

/** The path of the host's executable, built if need be. Throws when there is no .NET SDK or the build fails. */
export function buildPowerShellHost(): string {
  if (isFresh()) return EXECUTABLE;
  mkdirSync(BUILD, { recursive: true });
  // Several test processes ask at once: one builds, the others find it done.
  withDirectoryLock(path.join(BUILD, 'lock'), () => {
    if (!isFresh()) build();
  });
  return EXECUTABLE;
}

function build(): void {
  const startedAt = new Date();
  rmSync(STAMP, { force: true });
  const output = `-p:PublishDir=${path.dirname(EXECUTABLE)}${path.sep}`;
  const result = spawnSync('dotnet', ['publish', SOURCE, '-c', 'Release', '--nologo', '-v', 'quiet', output], {
    encoding: 'utf8',
  });
  if (result.error) {
    throw new Error(
      `The PowerShell test host needs the .NET SDK 10 ("dotnet" on the PATH) to be built: ${result.error.message}`,
      { cause: result.error },
    );
  }
  if (result.status !== 0) {
    throw new Error(`"dotnet publish" of the PowerShell test host failed:\n${result.stdout}${result.stderr}`);
  }
  writeFileSync(STAMP, '');
  utimesSync(STAMP, startedAt, startedAt);
}

function isFresh(): boolean {
  if (!existsSync(EXECUTABLE) || !existsSync(STAMP)) return false;
  const builtAt = statSync(STAMP).mtimeMs;
  return sources().every((file) => statSync(file).mtimeMs <= builtAt);
}

function sources(): string[] {
  return readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(cs|csproj|props|psd1)$/.test(name))
    .map((name) => path.join(SOURCE, name));
}

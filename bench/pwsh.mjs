// The PowerShell of the measurements: precompiled, as people have it installed; see pwsh/pwsh.csproj. Built once into build/bench/pwsh.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../scripts/setup.mjs';

const SOURCE = path.join(root, 'bench', 'pwsh');
const OUTPUT = path.join(root, 'build', 'bench', 'pwsh');
const STAMP = path.join(OUTPUT, 'built');

/** Path of the executable. `BENCH_PWSH` in the environment names another one. Throws where there is no .NET SDK. */
export function findPwsh() {
  const given = process.env.BENCH_PWSH;
  if (given && !existsSync(given)) throw new Error(`BENCH_PWSH names ${given}, and there is no such file.`);
  return given || buildPwsh();
}

/**
 * The environment of an engine. pwsh keeps a profile of what its last session compiled, and has the next one compile it in advance:
 * each `user` has a profile of its own, as one who does the same every day, and not that of another contender.
 */
export function engineEnvironment(user) {
  const cache = path.join(root, 'build', 'bench', 'cache', user.replace(/\W+/g, '-'));
  mkdirSync(cache, { recursive: true });
  // What costs every node as much as the rest of its start: dllet keeps it from its program, a process per call could not.
  const { NODE_EXTRA_CA_CERTS, ...env } = process.env;
  return {
    ...env,
    [process.platform === 'win32' ? 'LOCALAPPDATA' : 'XDG_CACHE_HOME']: cache,
    POWERSHELL_TELEMETRY_OPTOUT: '1',
    POWERSHELL_UPDATECHECK: 'Off',
  };
}

function buildPwsh() {
  const publish = path.join(OUTPUT, 'publish');
  const executable = path.join(publish, `pwsh${process.platform === 'win32' ? '.exe' : ''}`);
  const sources = createHash('sha256');
  for (const file of readdirSync(SOURCE).sort()) sources.update(readFileSync(path.join(SOURCE, file)));
  const stamp = sources.digest('hex');
  if (existsSync(executable) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) return executable;
  rmSync(OUTPUT, { recursive: true, force: true });
  dotnet('publish', SOURCE, `-p:PublishDir=${publish}${path.sep}`);
  writeFileSync(STAMP, stamp);
  return executable;
}

/** Runs the .NET SDK on a project, for release. Throws with its output where that fails. */
export function dotnet(verb, project, ...more) {
  const args = [verb, project, '-c', 'Release', '--nologo', '-v', 'quiet', ...more];
  const { error, status, stdout, stderr } = spawnSync('dotnet', args, { encoding: 'utf8' });
  if (error) throw new Error(`The bench needs the .NET SDK 10 ("dotnet" on the PATH): ${error.message}`);
  if (status !== 0) throw new Error(`"dotnet ${args.join(' ')}" failed:\n${stdout}${stderr}`);
}

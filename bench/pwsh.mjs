// The PowerShell of the measurements: precompiled, like an installed one; see pwsh/pwsh.csproj. Built once into
// build/bench/pwsh.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../scripts/setup.mjs';

const SOURCE = path.join(root, 'bench', 'pwsh');
const OUTPUT = path.join(root, 'build', 'bench', 'pwsh');
const STAMP = path.join(OUTPUT, 'built');

/**
 * Returns the path of the executable. The environment variable `BENCH_PWSH` overrides it. Throws if there is no .NET
 * SDK.
 */
export function findPwsh() {
  const given = process.env.BENCH_PWSH;
  if (given && !existsSync(given)) throw new Error(`BENCH_PWSH names ${given}, and there is no such file.`);
  return given || buildPwsh();
}

/**
 * Returns the environment of an engine. pwsh stores a startup profile from which the next session compiles code in
 * advance. Each `user` has its own profile, so that a contender does not profit from that of another.
 */
export function engineEnvironment(user) {
  const cache = path.join(root, 'build', 'bench', 'cache', user.replace(/\W+/g, '-'));
  mkdirSync(cache, { recursive: true });
  // Removes variables that double the start time of every node. dllet removes them for its program; a process per call
  // could not.
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

/** Runs the .NET SDK on a project, in the release configuration. Throws an Error with its output if that fails. */
export function dotnet(verb, project, ...more) {
  const args = [verb, project, '-c', 'Release', '--nologo', '-v', 'quiet', ...more];
  const { error, status, stdout, stderr } = spawnSync('dotnet', args, { encoding: 'utf8' });
  if (error) throw new Error(`The bench needs the .NET SDK 10 ("dotnet" on the PATH): ${error.message}`);
  if (status !== 0) throw new Error(`"dotnet ${args.join(' ')}" failed:\n${stdout}${stderr}`);
}

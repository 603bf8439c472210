// Everything that a run needs: the engine, the stand-in library and the rivals, built into build/bench.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../scripts/setup.mjs';
import { importTypeScript } from './typescript.mjs';

const RIVALS = path.join(root, 'bench', 'rivals');
const OUTPUT = path.join(root, 'build', 'bench', 'rivals');

/** The token that the state file holds; the block of every measurement is 5000, 20. */
export const TOKEN = '1234605616436508552';
export const BLOCK = { StartPort: 5000, NumberOfPorts: 20 };

export async function prepare(module) {
  const program = path.join(module, 'bin', 'dllet.cjs');
  if (!existsSync(program)) throw new Error(`${program} is missing: run "npm run build" first`);
  const engine = await findEngine();
  buildRivals();
  const { buildStandIn } = await importTypeScript('test/standin/build.ts');
  const standIn = buildStandIn();
  return {
    engine: engine.path,
    hasAddType: engine.hasAddType,
    program,
    manifest: path.join(module, `${path.basename(module)}.psd1`),
    oneFunction: path.join(RIVALS, 'one-function', 'Bench.OneFunction.psd1'),
    empty: path.join(RIVALS, 'empty', 'Bench.Empty.psd1'),
    process: path.join(RIVALS, 'process', 'Bench.Process.psd1'),
    addType: path.join(RIVALS, 'add-type', 'Bench.AddType.psd1'),
    // Calls in one process share the library's memory; processes that come and go share its state file.
    memory: installRivals('memory', standIn),
    state: installRivals('state', standIn, `udp ${BLOCK.StartPort} ${BLOCK.NumberOfPorts} ${TOKEN}\n`),
  };
}

async function findEngine() {
  const { findPowerShell } = await importTypeScript('src/powershell/find.ts');
  const environment = { ...process.env };
  if (environment.BENCH_PWSH) environment.NODE_POWERSHELL = environment.BENCH_PWSH;
  const full = findPowerShell(environment);
  if (full !== undefined) return { path: full, hasAddType: hasAddType(full) };
  if (environment.NODE_POWERSHELL) throw new Error(`there is no PowerShell at ${environment.NODE_POWERSHELL}`);
  const { buildPowerShellHost } = await importTypeScript('test/host/build.ts');
  return { path: buildPowerShellHost(), hasAddType: false };
}

function hasAddType(engine) {
  // Some builds have the command, but not the reference assemblies that it needs.
  const question =
    "try { Microsoft.PowerShell.Utility\\Add-Type -TypeDefinition 'public class Probe { }' -ErrorAction Stop; 'yes' } catch { 'no' }";
  const { stdout } = spawnSync(engine, ['-NoProfile', '-NonInteractive', '-Command', question], { encoding: 'utf8' });
  return stdout?.includes('yes') ?? false;
}

function buildRivals() {
  for (const project of ['pinvoke', 'cmdlet']) {
    const args = ['build', path.join(RIVALS, project), '-c', 'Release', '--nologo', '-v', 'quiet'];
    const { error, status, stdout, stderr } = spawnSync('dotnet', args, { encoding: 'utf8' });
    if (error) throw new Error(`The rivals need the .NET SDK ("dotnet" on the PATH): ${error.message}`);
    if (status !== 0) throw new Error(`"dotnet build" of the rival ${project} failed:\n${stdout}${stderr}`);
  }
}

/** A folder with the in-process rivals and the library side by side: their DllImport looks there first. */
function installRivals(name, standIn, state) {
  const folder = path.join(OUTPUT, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const install = (file) => {
    const copy = path.join(folder, path.basename(file));
    copyFileSync(file, copy);
    return copy;
  };
  const library = install(standIn);
  if (state !== undefined) writeFileSync(`${library}.state`, state);
  install(path.join(OUTPUT, 'bin', 'Bench.PInvoke.dll'));
  install(path.join(OUTPUT, 'bin', 'Bench.Cmdlet.dll'));
  install(path.join(RIVALS, 'pinvoke', 'Bench.PInvoke.psm1'));
  return {
    library,
    pinvoke: install(path.join(RIVALS, 'pinvoke', 'Bench.PInvoke.psd1')),
    cmdlet: install(path.join(RIVALS, 'cmdlet', 'Bench.Cmdlet.psd1')),
  };
}

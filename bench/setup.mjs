// Prepares a run: the engine, the stand-in library and the rivals, built into build/bench.
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../scripts/setup.mjs';
import { dotnet, findPwsh } from './pwsh.mjs';
import { importTypeScript } from './typescript.mjs';

const RIVALS = path.join(root, 'bench', 'rivals');
const OUTPUT = path.join(root, 'build', 'bench', 'rivals');

/** The token in the state file. The block of every measurement is 5000, 20. */
export const TOKEN = '1234605616436508552';
export const BLOCK = { StartPort: 5000, NumberOfPorts: 20 };

export async function prepare(module) {
  const program = path.join(module, 'bin', 'dllet.cjs');
  if (!existsSync(program)) throw new Error(`${program} is missing: run "npm run build" first`);
  for (const project of ['pinvoke', 'cmdlet']) dotnet('build', path.join(RIVALS, project));
  const { buildStandIn } = await importTypeScript('test/standin/build.ts');
  const standIn = buildStandIn();
  return {
    engine: findPwsh(),
    program,
    manifest: path.join(module, `${path.basename(module)}.psd1`),
    oneFunction: path.join(RIVALS, 'one-function', 'Bench.OneFunction.psd1'),
    empty: path.join(RIVALS, 'empty', 'Bench.Empty.psd1'),
    process: path.join(RIVALS, 'process', 'Bench.Process.psd1'),
    addType: path.join(RIVALS, 'add-type', 'Bench.AddType.psd1'),
    // Calls in one process share the library's memory; separate processes share its state file.
    memory: installRivals('memory', standIn),
    state: installRivals('state', standIn, `udp ${BLOCK.StartPort} ${BLOCK.NumberOfPorts} ${TOKEN}\n`),
  };
}

/**
 * Makes a folder with the in-process rivals and the library side by side, because their DllImport looks there first.
 */
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

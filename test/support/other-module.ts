/** Modules with one cmdlet, `Get-<Name>Token`, over the stand-in library, of this release or another one. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadDefinition } from '../../src/definition/load.js';
import type { Definition } from '../../src/definition/types.js';
import { programVersion } from '../../src/generator/generate.js';
import { planModule } from '../../src/generator/plan.js';
import { CLIENT, installProgram } from '../../src/generator/program.js';
import { renderModule } from '../../src/generator/render.js';
import { writeModule } from '../../src/generator/write.js';
import { MODULE } from './powershell-module.js';

const SOURCE = fileURLToPath(new URL('../../src/client/Dllet.Client.csproj', import.meta.url));

/**
 * Creates the module in a folder and returns the path of its manifest. Another release needs its own client: see
 * buildClient.
 */
export async function makeOther(
  folder: string,
  name: string,
  client?: { release: string; assembly: string },
): Promise<string> {
  const directory = path.join(folder, name);
  const definition = renamed(await loadDefinition(MODULE), name);
  await writeModule(directory, renderModule(planModule(definition, client?.release ?? programVersion())));
  await installProgram(directory, definition);
  if (client) {
    rmSync(path.join(directory, 'bin', CLIENT));
    copyFileSync(client.assembly, path.join(directory, 'bin', path.basename(client.assembly)));
  }
  return path.join(directory, `${name}.psd1`);
}

/** Builds the client of another release in its own folder. */
export function buildClient(folder: string, release: string): { release: string; assembly: string } {
  const output = path.join(folder, `client-${release}`);
  const more = [`-p:Version=${release}`, `-p:BaseIntermediateOutputPath=${output}/obj/`, '-o', output];
  const { status, stdout } = spawnSync(
    'dotnet',
    ['build', SOURCE, '-c', 'Release', '--nologo', '-v', 'quiet', ...more],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`the client ${release} was not built:\n${stdout}`);
  return { release, assembly: path.join(output, `Dllet.Client.${release}.dll`) };
}

function renamed(definition: Definition, name: string): Definition {
  const [cmdlet] = definition.cmdlets.filter((one) => one.name === 'Get-PersistentUdpPortReservationToken');
  if (!cmdlet) throw new Error('the definition has no such cmdlet any more');
  return { ...definition, name, operations: {}, cmdlets: [{ ...cmdlet, name: `Get-${name}Token`, links: [] }] };
}

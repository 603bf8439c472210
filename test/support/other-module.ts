/** Modules with two cmdlets, `Get-<Name>Token` and `New-<Name>Socket`, over the library of the stand-in; of this release, or of another. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadDefinition } from '../../src/definition/load.js';
import type { Definition, ExpandedCmdlet } from '../../src/definition/types.js';
import { assembliesOf, assemblyName } from '../../src/generator/assemblies.js';
import { programVersion } from '../../src/generator/generate.js';
import { planModule } from '../../src/generator/plan.js';
import { installProgram } from '../../src/generator/program.js';
import { renderModule } from '../../src/generator/render.js';
import { writeModule } from '../../src/generator/write.js';
import { MODULE } from './powershell-module.js';

// The project refers to the client, so both are built.
const SOURCE = fileURLToPath(
  new URL('../../src/extensions/port-reservation/client/Dllet.PortReservation.csproj', import.meta.url),
);

/**
 * Makes the module in a folder and returns the path of its manifest. A module of another release needs the assemblies
 * of that release: see buildRelease.
 */
export async function makeOther(
  folder: string,
  name: string,
  other?: { release: string; folder: string },
): Promise<string> {
  const directory = path.join(folder, name);
  const definition = renamed(await loadDefinition(MODULE), name);
  await writeModule(directory, renderModule(planModule(definition, other?.release ?? programVersion())));
  await installProgram(directory, definition);
  if (other) {
    for (const file of assembliesOf(definition)) rmSync(path.join(directory, 'bin', file));
    for (const name of ['Dllet.Client', 'Dllet.PortReservation']) {
      const file = `${assemblyName(name, other.release)}.dll`;
      copyFileSync(path.join(other.folder, file), path.join(directory, 'bin', file));
    }
  }
  return path.join(directory, `${name}.psd1`);
}

/** Builds the assemblies of another release, in a folder of their own. */
export function buildRelease(folder: string, release: string): { release: string; folder: string } {
  const output = path.join(folder, `client-${release}`);
  const more = [`-p:Version=${release}`, `-p:BuildFolder=${output}/`, '-o', output];
  const { status, stdout } = spawnSync(
    'dotnet',
    ['build', SOURCE, '-c', 'Release', '--nologo', '-v', 'quiet', ...more],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`the assemblies of ${release} were not built:\n${stdout}`);
  return { release, folder: output };
}

function renamed(definition: Definition, name: string): Definition {
  const cmdlet = (known: string, other: string): ExpandedCmdlet => {
    const found = definition.cmdlets.find((one) => one.name === known);
    if (!found) throw new Error('the definition has no such cmdlet any more');
    const { completion: _, ...rest } = found;
    return { ...rest, name: other, links: [] };
  };
  const cmdlets = [
    cmdlet('Get-PersistentUdpPortReservationToken', `Get-${name}Token`),
    cmdlet('New-ReservedUdpSocket', `New-${name}Socket`),
  ];
  return { ...definition, name, operations: {}, dsc: {}, cmdlets };
}

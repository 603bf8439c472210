// Builds the assemblies of modules: the client, which is the PowerShell side of the bridge, and those of extensions. Building needs
// the .NET SDK; using a module does not.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { dotnet } from './dotnet.mjs';

/**
 * Builds the client and the assemblies of extensions of a checkout and puts them into a folder. The output is
 * reproducible, wherever the checkout is. Returns their paths. Throws an Error with the compiler's output.
 */
export function buildClient(target, checkout = '.') {
  const { version } = JSON.parse(readFileSync(path.join(checkout, 'package.json'), 'utf8'));
  const built = path.resolve(checkout, 'build/client/release');
  const project = path.resolve(checkout, 'src/assemblies.proj');
  rmSync(built, { recursive: true, force: true });
  dotnet(['build', project, '-c', 'Release', '--nologo', '-v', 'quiet', `-p:Version=${version}`, '-o', built]);
  mkdirSync(target, { recursive: true });
  const assemblies = readdirSync(built).filter((file) => file.endsWith('.dll'));
  for (const file of assemblies) copyFileSync(path.join(built, file), path.join(target, file));
  return assemblies.map((file) => path.join(target, file));
}

// Builds the client, the PowerShell side of the bridge. Building needs the .NET SDK; using a module does not.
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { dotnet } from './dotnet.mjs';

/**
 * Builds `src/client` of a checkout and puts its assembly into a folder. The same source gives the same bytes, wherever
 * the checkout is. Returns the path of the assembly. Throws an Error with the compiler's output.
 */
export function buildClient(target, checkout = '.') {
  const { version } = JSON.parse(readFileSync(path.join(checkout, 'package.json'), 'utf8'));
  const built = path.resolve(checkout, 'build/client/release');
  const project = path.resolve(checkout, 'src/client/Dllet.Client.csproj');
  dotnet(['build', project, '-c', 'Release', '--nologo', '-v', 'quiet', `-p:Version=${version}`, '-o', built]);
  const assembly = `Dllet.Client.${version}.dll`;
  mkdirSync(target, { recursive: true });
  copyFileSync(path.join(built, assembly), path.join(target, assembly));
  return path.join(target, assembly);
}

/** Builds the PowerShell test host. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildDotnetProject } from '../support/dotnet-project.js';

const SOURCE = path.dirname(fileURLToPath(import.meta.url));

/** The path of the host's executable, built if need be. Throws when there is no .NET SDK or the build fails. */
export function buildPowerShellHost(): string {
  return buildDotnetProject({
    title: 'the PowerShell test host',
    source: SOURCE,
    build: path.resolve(SOURCE, '..', '..', 'build', 'host'),
    assembly: 'dllet-powershell-host',
    isPublished: true,
  });
}

/** PowerShell for Windows under Wine, as a session: our pipes go into Wine well; node.exe alone cannot take them. */
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openPowerShell, type PowerShellSession } from '../../../src/powershell/session.js';
import { HOST } from '../prepare.js';
import { BUILD, WINE, wineEnvironment } from '../wine.js';

/**
 * Without .NET's protection of compiled code, because with it the engine dies in Wine when it frees a compiled
 * expression; and without what .NET measures to compile code better, which never pays off in so short a session.
 */
const DOTNET = { DOTNET_EnableWriteXorExecute: '0', DOTNET_TieredPGO: '0' };

/** Starts the host. node-powershell wants one executable: a script that hands over to Wine, so that its process id stays. */
export function openWindowsPowerShell(environment: NodeJS.ProcessEnv = {}, cwd = BUILD): Promise<PowerShellSession> {
  const executable = path.join(path.dirname(HOST), 'powershell-in-wine');
  if (!existsSync(executable)) {
    writeFileSync(executable, `#!/bin/sh\nexec ${WINE} "$(dirname "$0")/${path.basename(HOST)}" "$@"\n`);
    chmodSync(executable, 0o755);
  }
  return openPowerShell({
    executable,
    cwd,
    environment: { ...wineEnvironment(), ...DOTNET, ...environment },
    timeoutMs: 1000 * 90,
  });
}

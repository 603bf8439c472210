/** Sessions of PowerShell for Windows under Wine. Its host works with our pipes; only node.exe does not. */
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { toPlain } from '../../../src/powershell/result.js';
import { openPowerShell, type PowerShellSession } from '../../../src/powershell/session.js';
import { HOST } from '../prepare.js';
import { BUILD, WINE, wineEnvironment } from '../wine.js';

/**
 * Without .NET's write protection of compiled code (W^X), because with it the engine crashes in Wine when it frees a
 * compiled expression. Without dynamic profiling, because it does not pay off in a short session.
 */
const DOTNET = { DOTNET_EnableWriteXorExecute: '0', DOTNET_TieredPGO: '0' };

// node-powershell would start the PowerShell of this variable in place of the one in Wine.
delete process.env.NODE_POWERSHELL;

/**
 * Starts the host. node-powershell needs a single executable, so a script replaces itself with Wine and keeps its
 * process id.
 */
export async function openWindowsPowerShell(
  environment: NodeJS.ProcessEnv = {},
  cwd = BUILD,
): Promise<PowerShellSession> {
  const executable = path.join(path.dirname(HOST), 'powershell-in-wine');
  if (!existsSync(executable)) {
    writeFileSync(executable, `#!/bin/sh\nexec ${WINE} "$(dirname "$0")/${path.basename(HOST)}" "$@"\n`);
    chmodSync(executable, 0o755);
  }
  for (let attempt = 1; ; attempt += 1) {
    const session = await openPowerShell({
      executable,
      cwd,
      environment: { ...wineEnvironment(), ...DOTNET, ...environment },
      timeoutMs: 1000 * 90,
    });
    if (attempt === ATTEMPTS || (await hasDrives(session))) return session;
    await session.close();
  }
}

/** How often the host is started. Beside another start, Wine sometimes lists no drives, and a session keeps what it found. */
const ATTEMPTS = 3;

/** True if the session has the drive of our files, on which everything in the lane depends. */
async function hasDrives(session: PowerShellSession): Promise<boolean> {
  const { output } = await session.run("@(Get-PSDrive | Where-Object Name -EQ 'Z').Count");
  return output.some((one) => String(toPlain(one)) === '1');
}

// The layers of the test suite, and the requirements of each.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { restorePowerShell } from './powershell.mjs';

/** Each layer is a vitest project. `missing` returns what must be installed if the layer cannot run. */
export const LAYERS = [
  {
    project: 'unit',
    title: 'units, native calls and command line (needs a C compiler)',
    missing: () => (has('gcc') ? undefined : 'gcc'),
  },
  {
    project: 'contract',
    title: 'one contract against every backend (needs a C compiler)',
    missing: () => (has('gcc') ? undefined : 'gcc'),
  },
  {
    project: 'powershell',
    title: 'the module inside PowerShell, and the Pester tests that it ships',
    missing: () => (has('dotnet') ? withoutPowerShell() : 'the .NET SDK 10 (dotnet)'),
  },
  {
    project: 'net472',
    title: 'the client class by class; the emitted PowerShell against Windows PowerShell 5.1 and .NET Framework 4.7.2',
    missing: () => (has('dotnet') ? undefined : 'the .NET SDK 10 (dotnet)'),
  },
  {
    project: 'npm',
    title: 'the npm package, installed into an empty folder',
    missing: () => (has('npm', ['ping']) ? undefined : 'a registry of npm packages that answers (npm ping)'),
  },
  {
    project: 'windows',
    title: 'Windows programs in Wine: node.exe, PowerShell, the PE stand-in',
    missing: () => {
      const lacking = ['wine', 'x86_64-w64-mingw32-gcc', 'dotnet'].filter((command) => !has(command));
      return lacking.length === 0
        ? undefined
        : `${lacking.join(', ')} (Debian: wine wine64 gcc-mingw-w64-x86-64; .NET SDK 10)`;
    },
  },
  {
    project: 'browser',
    title: 'the port map in headless Chromium',
    missing: () =>
      process.env.CHROMIUM || existsSync('/usr/bin/chromium')
        ? undefined
        : 'Chromium (/usr/bin/chromium, or CHROMIUM naming it)',
  },
];

/** Returns the reason why there is no PowerShell to test in. */
function withoutPowerShell() {
  try {
    if (!process.env.NODE_POWERSHELL) restorePowerShell();
    return undefined;
  } catch (error) {
    return `the PowerShell of .config/dotnet-tools.json (NODE_POWERSHELL can name another): ${error.message}`;
  }
}

function has(command, args = ['--version']) {
  const isScript = process.platform === 'win32' && command === 'npm';
  return spawnSync(command, args, { stdio: 'ignore', shell: isScript }).status === 0;
}

/** PSScriptAnalyzer, if the machine has it. */
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { toPlain } from '../../src/powershell/result.js';
import type { PowerShellSession } from '../../src/powershell/session.js';
import { quoted } from './powershell-module.js';

/** The settings for the published module. */
const SETTINGS = fileURLToPath(new URL('../../PSScriptAnalyzerSettings.psd1', import.meta.url));

const NAME = 'PSScriptAnalyzer';

/** Returns the manifest of the newest installed PSScriptAnalyzer; undefined if there is none. */
export function installedAnalyzer(): string | undefined {
  for (const folder of moduleFolders()
    .map((one) => path.join(one, NAME))
    .filter((one) => existsSync(one))) {
    const versions = readdirSync(folder).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
    const manifests = ['', ...versions].map((version) => path.join(folder, version, `${NAME}.psd1`));
    const found = manifests.find((file) => existsSync(file));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The folders in which PowerShell looks for modules, even if PowerShell is not in PATH. */
function moduleFolders(): string[] {
  const { PSModulePath = '', ProgramFiles } = process.env;
  const own =
    process.platform === 'win32'
      ? [
          path.join(homedir(), 'Documents', 'PowerShell', 'Modules'),
          ...(ProgramFiles
            ? ['PowerShell', 'WindowsPowerShell'].map((one) => path.join(ProgramFiles, one, 'Modules'))
            : []),
        ]
      : [path.join(homedir(), '.local/share/powershell/Modules'), '/usr/local/share/powershell/Modules'];
  return [...PSModulePath.split(path.delimiter).filter(Boolean), ...own];
}

/** Returns the findings in a folder, each as a line of text. */
export async function analyze(engine: PowerShellSession, analyzer: string, folder: string): Promise<unknown[]> {
  const { output, errors } = await engine.run(`
    Import-Module -Name ${quoted(analyzer)}
    Invoke-ScriptAnalyzer -Path ${quoted(folder)} -Recurse -Settings ${quoted(SETTINGS)} |
      ForEach-Object { "$($_.RuleName) $($_.ScriptName):$($_.Line) $($_.Message)" }`);
  return [...errors.map((error) => error.message), ...output.map(toPlain)];
}

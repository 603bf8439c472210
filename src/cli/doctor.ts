/** `dllet doctor [definition]`: checks this machine and prints each finding with its fix. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { CommandModule } from 'yargs';
import { definitionFile, loadDefinition } from '../definition/load.js';
import { diagnose } from '../diagnosis/diagnose.js';
import { type Finding, good, warning } from '../diagnosis/finding.js';
import { programVersion } from '../generator/generate.js';
import { compareWithCatalog } from '../package/catalog.js';
import { PACKAGE_ROOT } from '../package/package-list.js';
import { DEFINITION, FILE, FOLDER } from './option-values.js';
import { print, setExit, useOutput } from './output.js';
import { EXIT, UsageError } from './usage.js';

interface DoctorOptions {
  readonly definition: string;
  readonly library: string | undefined;
  readonly module: string | undefined;
  readonly json: boolean;
}

export const doctorCommand: CommandModule<object, DoctorOptions> = {
  command: 'doctor [definition]',
  describe: 'Check this computer: platform, node, koffi, library, exports, rights, files, PowerShell',
  builder: (yargs) =>
    yargs
      .positional('definition', { ...DEFINITION, default: 'PersistentPortReservation' })
      .option('library', { ...FILE, describe: 'Absolute path of another library' })
      .option('module', { ...FOLDER, describe: 'Directory of a packed module to check too' })
      .option('json', { type: 'boolean', default: false, describe: 'Print JSON' })
      .example('dllet doctor', 'This computer')
      .example('dllet doctor --module dist-module/PersistentPortReservation/1.0.0', ''),
  handler: async ({ definition: nameOrPath, library, module, json }) => {
    if (library !== undefined && !path.isAbsolute(library)) {
      throw new UsageError(`--library must be an absolute path, not '${library}'`);
    }
    const definition = await loadDefinition(nameOrPath);
    const directory = module ?? path.dirname(definitionFile(nameOrPath));
    await keepOutput();
    const findings: Finding[] = [
      good('dllet', programVersion()),
      ...(await diagnoseOwnFiles()),
      ...(await diagnose({ definition, backend: 'native', libraryPath: library, directory, moduleDirectory: module })),
      await diagnosePowerShell(),
    ];
    if (json) print(JSON.stringify(findings, null, 2));
    else for (const finding of findings) printFinding(finding);
    if (findings.some((finding) => finding.status === 'bad')) setExit(EXIT.failed);
  },
};

/**
 * Loading the library may print to stdout. If koffi cannot be loaded, which is reported separately, no library is
 * loaded.
 */
async function keepOutput(): Promise<void> {
  try {
    const { nativeSystem } = await import('../native/system.js');
    useOutput(nativeSystem(process.platform).ownStdout());
  } catch {
    // Reported by the check of koffi.
  }
}

function printFinding({ check, status, found, cure }: Finding): void {
  print(`${status.padEnd(7)}  ${check.padEnd(17)} ${found}`);
  const indent = ' '.repeat(27);
  if (cure !== undefined) print(`${indent}-> ${cure.replaceAll('\n', `\n${indent}   `)}`);
}

/** Compares dllet's own package with its catalog. Does nothing in a checkout, whose files change. */
async function diagnoseOwnFiles(): Promise<Finding[]> {
  if (existsSync(path.join(PACKAGE_ROOT, 'tsconfig.json'))) return [];
  const deviations = await compareWithCatalog(PACKAGE_ROOT, 'dist/dllet.catalog.json');
  if (deviations.length === 0) return [good('dllet files', 'unchanged since dllet was packed')];
  const found = deviations.map((one) => `${one.status.toLowerCase()}: ${one.path}`).join('; ');
  return [{ check: 'dllet files', status: 'bad', found, cure: 'Install dllet again.' }];
}

async function diagnosePowerShell(): Promise<Finding> {
  const { findPowerShell } = await import('../powershell/find.js');
  const executable = findPowerShell(process.env, process.platform);
  if (executable !== undefined) return good('PowerShell', executable);
  return warning('PowerShell', 'none on PATH', 'Install PowerShell 7, or set NODE_POWERSHELL to its absolute path.');
}

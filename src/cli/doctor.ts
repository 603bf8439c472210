/** `dllet doctor [definition]`: what of this machine matters, line by line, with the cure for what is wrong. */
import { createRequire } from 'node:module';
import type { CommandModule } from 'yargs';
import { DlletError, messageOf } from '../definition/errors.js';
import { loadDefinition } from '../definition/load.js';
import type { Definition } from '../definition/types.js';
import { programVersion } from '../generator/generate.js';
import { print, setExit } from './output.js';
import { EXIT } from './usage.js';

interface Finding {
  readonly check: string;
  readonly status: 'good' | 'bad' | 'note';
  readonly found: string;
  readonly cure?: string;
}

export const doctorCommand: CommandModule<object, { definition: string; library: string | undefined; json: boolean }> =
  {
    command: 'doctor [definition]',
    describe: 'Check what of this machine matters: platform, node, koffi, library, exports, PowerShell',
    builder: (yargs) =>
      yargs
        .positional('definition', {
          type: 'string',
          default: 'PersistentPortReservation',
          describe: 'Path, or the name of a built-in',
        })
        .option('library', { type: 'string', requiresArg: true, describe: 'Absolute path of another library' })
        .option('json', { type: 'boolean', default: false, describe: 'Print JSON' }),
    handler: async ({ definition: nameOrPath, library, json }) => {
      const definition = await loadDefinition(nameOrPath);
      const findings = [
        ...checkProgram(),
        checkKoffi(),
        ...(await checkLibrary(definition, library)),
        await checkPowerShell(),
      ];
      if (json) print(JSON.stringify(findings, null, 2));
      else for (const finding of findings) printFinding(finding);
      if (findings.some((finding) => finding.status === 'bad')) setExit(EXIT.failed);
    },
  };

function printFinding({ check, status, found, cure }: Finding): void {
  print(`${status.padEnd(4)}  ${check.padEnd(12)} ${found}`);
  if (cure !== undefined) print(`      ${''.padEnd(12)} -> ${cure}`);
}

function checkProgram(): Finding[] {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const supported = major > 20 || (major === 20 && minor >= 19);
  return [
    { check: 'dllet', status: 'good', found: programVersion() },
    {
      check: 'platform',
      status: process.platform === 'win32' ? 'good' : 'note',
      found: `${process.platform} ${process.arch}`,
    },
    {
      check: 'node',
      status: supported ? 'good' : 'bad',
      found: `${process.versions.node} at ${process.execPath}`,
      ...(supported ? {} : { cure: 'install Node.js 20.19 or later' }),
    },
  ];
}

function checkKoffi(): Finding {
  try {
    const koffi = createRequire(import.meta.url)('koffi') as { version: string };
    return { check: 'koffi', status: 'good', found: koffi.version };
  } catch (error) {
    return {
      check: 'koffi',
      status: 'bad',
      found: messageOf(error),
      cure: 'install dllet again on this machine: npm ci',
    };
  }
}

async function checkLibrary(definition: Definition, libraryPath: string | undefined): Promise<Finding[]> {
  const { createNativeBackend } = await import('../native/backend.js');
  const backend = createNativeBackend({ definition, libraryPath });
  try {
    const found = [{ check: 'library', status: 'good', found: backend.locate() } as const];
    return [
      ...found,
      ...Object.values(definition.functions).map((fn) => attempt(`export`, fn.name, () => backend.bind(fn))),
    ];
  } catch (error) {
    return [describe('library', error)];
  }
}

function attempt(check: string, found: string, work: () => void): Finding {
  try {
    work();
    return { check, status: 'good', found };
  } catch (error) {
    return describe(check, error);
  }
}

/** Another platform is no defect of the machine: the simulated backend and --library are there for it. */
function describe(check: string, error: unknown): Finding {
  if (!(error instanceof DlletError)) return { check, status: 'bad', found: messageOf(error) };
  const status = error.id === 'PlatformNotSupported' ? 'note' : 'bad';
  return { check, status, found: error.message, cure: error.recommendedAction };
}

async function checkPowerShell(): Promise<Finding> {
  const { findPowerShell } = await import('../powershell/find.js');
  const executable = findPowerShell(process.env, process.platform);
  if (executable !== undefined) return { check: 'PowerShell', status: 'good', found: executable };
  return {
    check: 'PowerShell',
    status: 'note',
    found: 'none on PATH',
    cure: 'install PowerShell 7, or set NODE_POWERSHELL to its path',
  };
}

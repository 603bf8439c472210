/** The facts of the machine that the verification uses and reports. */
import { readFile } from 'node:fs/promises';
import { arch, hostname, release, userInfo, version } from 'node:os';
import { fileVersion, readImage } from '../package/pe-image.js';
import type { Identity } from './scrub.js';
import type { Fact } from './types.js';

export interface Machine {
  readonly facts: readonly Fact[];
  /** True if it may change the system. On systems other than Windows, a stand-in allows everyone. */
  readonly elevated: boolean;
  /** Undefined on systems other than Windows. */
  readonly systemDirectory: string | undefined;
}

export async function describeMachine(libraryPath: string): Promise<Machine> {
  const common: Fact[] = [
    { name: 'System', value: `${version()}, ${release()}, ${arch()}` },
    { name: 'Node.js', value: `${process.versions.node} for ${process.arch}` },
    { name: 'Library', value: `${libraryPath}, ${await versionOf(libraryPath)}` },
  ];
  if (process.platform !== 'win32') {
    const facts = [...common, { name: 'Windows', value: 'no: this is a dry run over a stand-in' }];
    return { facts, elevated: true, systemDirectory: undefined };
  }
  const { nativeSystem } = await import('../native/system.js');
  const { isElevated } = await import('../system/elevation.js');
  const { displayLanguage } = await import('../system/display-language.js');
  const elevated = isElevated();
  const { language, oemCodePage } = displayLanguage();
  return {
    facts: [
      ...common,
      { name: 'Elevated', value: elevated ? 'yes' : 'no: nothing was created' },
      { name: 'Display language', value: `${language}, OEM code page ${oemCodePage}` },
    ],
    elevated,
    systemDirectory: nativeSystem('win32').systemDirectory() ?? '',
  };
}

/** The names that must not appear in the report. */
export function identity(): Identity {
  const { username, homedir } = userInfo();
  return { userName: username, computerName: hostname(), homeDirectory: homedir };
}

async function versionOf(file: string): Promise<string> {
  try {
    return `version ${fileVersion(readImage(await readFile(file)))?.join('.') ?? 'unknown'}`;
  } catch {
    return 'version unknown';
  }
}

// The PowerShell of .config/dotnet-tools.json, for the tests and for a quickstart on a machine without PowerShell.
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dotnet, packageFolder } from './dotnet.mjs';
import { root } from './setup.mjs';

const BUILD = path.join(root, 'build', 'powershell');
const IS_WINDOWS = process.platform === 'win32';

/**
 * Returns the absolute path of an executable that starts this PowerShell; restores the tool first if necessary. Its
 * process is PowerShell itself, unlike that of the tool's command `pwsh`, which starts another process and waits for
 * it. Throws an Error with the reason if it is not available: no .NET SDK, or no registry.
 */
export function restorePowerShell() {
  const { version } = JSON.parse(readFileSync(path.join(root, '.config', 'dotnet-tools.json'), 'utf8')).tools
    .powershell;
  const record = path.join(BUILD, `${version}.json`);
  const known = existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')) : undefined;
  if (known && [known.executable, known.library].every((file) => existsSync(file))) return known.executable;

  dotnet(['tool', 'restore']);
  const folder = toolFolder(version);
  const library = path.join(folder, 'pwsh.dll');
  mkdirSync(BUILD, { recursive: true });
  const executable = IS_WINDOWS ? path.join(folder, 'pwsh.exe') : writeStarter(library, version);
  replace(record, `${JSON.stringify({ executable, library })}\n`);
  return executable;
}

/** The tool has a single folder, named after the .NET version that it was built for. */
function toolFolder(version) {
  const tools = path.join(packageFolder('powershell', version), 'tools');
  const folder = readdirSync(tools)
    .map((name) => path.join(tools, name, 'any', IS_WINDOWS ? 'win' : 'unix'))
    .find((candidate) => existsSync(path.join(candidate, 'pwsh.dll')));
  if (folder === undefined) throw new Error(`The tool PowerShell ${version} has no pwsh.dll below ${tools}.`);
  return folder;
}

/** `exec` replaces the shell, so that PowerShell has the process id of the started process. Telemetry is off. */
function writeStarter(library, version) {
  const starter = path.join(BUILD, `pwsh-${version}`);
  const command = `exec ${quoted(dotnetOnPath())} exec ${quoted(library)} "$@"`;
  replace(starter, `#!/bin/sh\nexport POWERSHELL_TELEMETRY_OPTOUT=1\n${command}\n`, 0o755);
  return starter;
}

/** Uses the absolute path, so that it also starts with another PATH. */
function dotnetOnPath() {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  return folders.map((folder) => path.join(folder, 'dotnet')).find((file) => existsSync(file)) ?? 'dotnet';
}

function quoted(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Writes the file atomically, because several test processes may restore at the same time. */
function replace(file, text, mode = 0o644) {
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, text);
  chmodSync(fresh, mode);
  renameSync(fresh, file);
}

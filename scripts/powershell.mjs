// The PowerShell of .config/dotnet-tools.json: a real one for the tests and the quickstart, where none is installed.
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dotnet, packageFolder } from './dotnet.mjs';
import { root } from './setup.mjs';

const BUILD = path.join(root, 'build', 'powershell');
const IS_WINDOWS = process.platform === 'win32';

/**
 * The absolute path of an executable that is this PowerShell; restores the tool when it is not there yet. Its process is
 * PowerShell itself, unlike that of the command `pwsh` of the tool, which starts another and waits for it.
 * Throws an Error that says why there is none: no .NET SDK, or no registry.
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

/** The tool has one folder for the version of .NET that it was built for. */
function toolFolder(version) {
  const tools = path.join(packageFolder('powershell', version), 'tools');
  const folder = readdirSync(tools)
    .map((name) => path.join(tools, name, 'any', IS_WINDOWS ? 'win' : 'unix'))
    .find((candidate) => existsSync(path.join(candidate, 'pwsh.dll')));
  if (folder === undefined) throw new Error(`The tool PowerShell ${version} has no pwsh.dll below ${tools}.`);
  return folder;
}

/** `exec`, so that the process id of what was started is the one of PowerShell. Tests are nothing to report to anyone. */
function writeStarter(library, version) {
  const starter = path.join(BUILD, `pwsh-${version}`);
  const command = `exec ${quoted(dotnetOnPath())} exec ${quoted(library)} "$@"`;
  replace(starter, `#!/bin/sh\nexport POWERSHELL_TELEMETRY_OPTOUT=1\n${command}\n`, 0o755);
  return starter;
}

/** By its path: it also starts where the PATH is another. */
function dotnetOnPath() {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  return folders.map((folder) => path.join(folder, 'dotnet')).find((file) => existsSync(file)) ?? 'dotnet';
}

function quoted(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Whole at any moment: several test processes may restore at once. */
function replace(file, text, mode = 0o644) {
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, text);
  chmodSync(fresh, mode);
  renameSync(fresh, file);
}

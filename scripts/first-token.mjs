// The last step of the quickstart: makes a reservation and looks up its token in PowerShell: that of NODE_POWERSHELL,
// the one on PATH, or, if there is a .NET SDK, that of .config/dotnet-tools.json. Without any of them it calls the
// bridge directly.
import path from 'node:path';
import { restorePowerShell } from './powershell.mjs';
import { root } from './setup.mjs';

const MODULE = path.join(root, 'module', 'PersistentPortReservation', 'PersistentPortReservation.psd1');
const [stateFile, manifest = MODULE] = process.argv.slice(2);

const folder = path.relative(process.cwd(), path.dirname(MODULE));
const module = path.join('.', folder).replace(/^(?!\.)/, `.${path.sep}`);
const IMPORT = `Import-Module ${module} -Force -ArgumentList @{ Backend = 'Simulated' }`;

const chosen = await choosePowerShell();
if (chosen === undefined) await withoutPowerShell();
else await throughPowerShell(chosen.executable);
console.log(`
What next:
  Use it:              ${chosen?.use ?? 'node dist/cli.js ports find 20 --backend simulated'}
  Check this machine:  node dist/cli.js doctor
  Your own DLL:        node dist/cli.js new   (docs/first-module.md shows how)`);

/** Returns the executable, and the command with which its user imports the module. */
async function choosePowerShell() {
  const { findPowerShell } = await import('../dist/powershell/find.js');
  // If the variable does not name a PowerShell, opening the session reports it. There is no fallback.
  const installed = process.env.NODE_POWERSHELL || findPowerShell();
  if (installed) return { executable: installed, use: `${IMPORT}   (in PowerShell)` };
  try {
    console.log('\nThere is no PowerShell on PATH: dotnet tool restore');
    return { executable: restorePowerShell(), use: `dotnet pwsh -NoExit -Command "${IMPORT}"` };
  } catch (error) {
    console.log(error.message);
    return undefined;
  }
}

async function throughPowerShell(executable) {
  const { openPowerShell } = await import('../dist/powershell/session.js');
  const { toPlain } = await import('../dist/powershell/result.js');
  const session = await openPowerShell({ executable });
  try {
    const commands = [
      `Import-Module ${quoted(manifest)} -ArgumentList @{ Backend = 'Simulated'; StatePath = ${quoted(stateFile)} }`,
      'New-PersistentUdpPortReservation -StartPort 5000 -NumberOfPorts 20',
      'Get-PersistentUdpPortReservationToken -StartPort 5000 -NumberOfPorts 20',
    ];
    console.log(`\nIn ${session.executable}:`);
    for (const command of commands) {
      console.log(`\nPS> ${command}`);
      const { output, errors, warnings } = await session.run(command);
      for (const warning of warnings) console.log(`WARNING: ${warning}`);
      for (const error of errors) throw new Error(error.message);
      for (const value of output) printObject(toPlain(value));
    }
  } finally {
    await session.close();
  }
}

function quoted(text) {
  return `'${text.replaceAll("'", "''")}'`;
}

function printObject(properties) {
  const width = Math.max(...Object.keys(properties).map((name) => name.length));
  for (const [name, value] of Object.entries(properties)) console.log(`${name.padEnd(width)} : ${value}`);
}

async function withoutPowerShell() {
  console.log('\nSo this is the bridge by itself. With PowerShell on PATH, or the .NET SDK 10, it is the cmdlet.');
  const { execFileSync } = await import('node:child_process');
  for (const name of ['CreatePersistentUdpPortReservation', 'LookupPersistentUdpPortReservation']) {
    const json = '{"StartPort":5000,"NumberOfPorts":20}';
    const args = ['dist/cli.js', 'call', 'PersistentPortReservation', name, json, '--backend', 'simulated'];
    console.log(`\n$ node ${args.map((one) => (one === json ? `'${json}'` : one)).join(' ')}`);
    console.log(
      execFileSync(process.execPath, [...args, '--state', stateFile], { cwd: root, encoding: 'utf8' }).trim(),
    );
  }
}

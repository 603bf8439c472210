// The end of the quickstart: a reservation and its token, through PowerShell when there is one.
import path from 'node:path';
import { root } from './setup.mjs';

const [stateFile] = process.argv.slice(2);
const manifest = path.join(root, 'module', 'PersistentPortReservation', 'PersistentPortReservation.psd1');
const { findPowerShell } = await import('../dist/powershell/find.js');

if (findPowerShell() === undefined) await withoutPowerShell();
else await throughPowerShell();

async function throughPowerShell() {
  const { openPowerShell } = await import('../dist/powershell/session.js');
  const { toPlain } = await import('../dist/powershell/result.js');
  const session = await openPowerShell();
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
  console.log(
    '\nThere is no PowerShell on PATH (pwsh, powershell.exe, or NODE_POWERSHELL), so this is the bridge by itself:',
  );
  const { execFileSync } = await import('node:child_process');
  for (const name of ['CreatePersistentUdpPortReservation', 'LookupPersistentUdpPortReservation']) {
    const json = '{"StartPort":5000,"NumberOfPorts":20}';
    console.log(`\n$ dllet call PersistentPortReservation ${name} '${json}' --backend simulated`);
    const args = [
      'dist/cli.js',
      'call',
      'PersistentPortReservation',
      name,
      json,
      '--backend',
      'simulated',
      '--state',
      stateFile,
    ];
    const reply = JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }));
    printObject({ Protocol: 'Udp', StartPort: 5000, NumberOfPorts: 20, EndPort: 5019, Token: reply.result.Token });
  }
}

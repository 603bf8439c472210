/** `verifyExports` on the generated module, and on one that somebody has changed. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type ExportsReport, verifyExports } from '../../src/verification/verify-exports.js';
import { MODULE, useModule } from '../support/powershell-module.js';

const bench = useModule();

/** What fails in a copy of the module whose script had some of its text replaced. */
async function failuresOf(...replacements: [string | RegExp, string][]): Promise<string[]> {
  const source = path.dirname(bench.manifest);
  const target = path.join(bench.directory, `copy ${Math.random()}`, MODULE);
  cpSync(source, target, { recursive: true, filter: (file) => !file.includes(`${path.sep}node_modules`) });
  const script = path.join(target, `${MODULE}.psm1`);
  let text = readFileSync(script, 'utf8');
  for (const [from, to] of replacements) {
    const changed = text.replaceAll(from instanceof RegExp ? new RegExp(from, 'g') : from, to);
    expect(changed, String(from)).not.toBe(text);
    text = changed;
  }
  writeFileSync(script, text);
  return failed(await verifyExports({ moduleDirectory: target, definition: bench.definition, session: bench.session }));
}

function failed(report: ExportsReport): string[] {
  const details = report.checks.filter((check) => !check.ok).map((check) => check.detail);
  expect(report.ok).toBe(details.length === 0);
  return details;
}

test('the generated module is as its definition says', async () => {
  const moduleDirectory = path.dirname(bench.manifest);
  const report = await verifyExports({ moduleDirectory, definition: bench.definition, session: bench.session });
  expect(failed(report)).toEqual([]);
  expect(report.checks.length).toBeGreaterThan(100);
});

test('a renamed function', async () => {
  const details = await failuresOf(['Test-PersistentUdpPortReservation', 'Test-UdpReservation']);
  expect(details).toContainEqual(expect.stringContaining('missing: Test-PersistentUdpPortReservation'));
});

test('a parameter of another name, type, range and place', async () => {
  expect(await failuresOf(['$NumberOfPorts', '$Count'])).toContainEqual(
    'Get-PersistentUdpPortReservationToken: parameters: missing: NumberOfPorts; not in the definition: Count.',
  );
  expect(await failuresOf(['[uint16] $StartPort', '[int] $StartPort'])).toContainEqual(
    "Get-PersistentUdpPortReservationToken -StartPort: type should be 'System.UInt16', but is 'System.Int32'.",
  );
  expect(await failuresOf(['ValidateRange(1, 65535)', 'ValidateRange(0, 65535)'])).toContainEqual(
    "New-PersistentTcpPortReservation -NumberOfPorts: range should be '1 to 65535', but is '0 to 65535'.",
  );
  const details = await failuresOf(['Mandatory, Position = 0,', 'Position = 5,']);
  expect(details).toContainEqual(
    "Test-PersistentTcpPortReservation -StartPort: Mandatory should be 'True', but is 'False'.",
  );
  expect(details).toContainEqual("Test-PersistentTcpPortReservation -StartPort: Position should be '0', but is '5'.");
});

test('a cmdlet that takes objects of the other protocol', async () => {
  expect(await failuresOf(["[ValidateSet('Udp')] [string] $Protocol", '[string] $Protocol'])).toContainEqual(
    'Remove-PersistentUdpPortReservation -Protocol: ValidateSet: missing: Udp.',
  );
});

test('a cmdlet that no longer asks', async () => {
  const details = await failuresOf([/SupportsShouldProcess, ConfirmImpact = 'High'/, "ConfirmImpact = 'High'"]);
  for (const name of ['Remove-PersistentUdpPortReservation', 'Remove-PersistentTcpPortReservation']) {
    expect(details).toContainEqual(`${name}: SupportsShouldProcess should be 'True', but is 'False'.`);
  }
});

test('a script that warns, and one that does not parse', async () => {
  const place = '$script:Module = $null';
  expect(await failuresOf([place, `[Console]::Out.Write('')\nthrow 'no'\n${place}`])).toContainEqual(
    expect.stringContaining('Import-Module: errors: no'),
  );
  expect(await failuresOf([place, 'if ('])).toContainEqual(expect.stringContaining('Import-Module: errors:'));
});

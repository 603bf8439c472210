/** Cmdlets that change something: -WhatIf, -Confirm and -Force, in a session that cannot prompt. */
import { readFileSync } from 'node:fs';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { steerStandIn } from '../standin/build.js';
import { quoted, recordOf, SHELL_FUNCTIONS, useModule } from '../support/powershell-module.js';

const STATE = 'udp 5000 20 77\n';
const bench = useModule();
let library = '';

beforeAll(async () => {
  library = await bench.importStandIn('library', { state: STATE, record: true });
});

beforeEach(() => steerStandIn(library, { state: STATE, record: true }));

const isReserved = () => readFileSync(`${library}.state`, 'utf8').includes('udp 5000 20');

test.each([
  ['New-PersistentUdpPortReservation 6000 2 -WhatIf', 'Create persistent UDP port reservation', '6000-6001 (2 ports)'],
  ['Remove-PersistentUdpPortReservation 5000 20 -WhatIf', 'Remove persistent UDP port reservation', '5000-5019'],
  ['Remove-PersistentUdpPortReservation 5000 20 -WhatIf -Force', 'Remove persistent', '5000-5019'],
  ['Remove-PersistentUdpPortReservation 5000 20 -WhatIf -Confirm:$false', 'Remove persistent', '5000-5019'],
  ['$WhatIfPreference = $true; New-PersistentUdpPortReservation 6000 2; $WhatIfPreference = $false', 'Create', '6000'],
])('%s only tells', async (script, action, target) => {
  const started = await bench.startsDuring(async () => {
    const { output, errors, hostText } = await bench.run(script);
    expect({ output, errors }).toEqual({ output: [], errors: [] });
    const told = hostText.replaceAll(/\s+/g, ' ');
    expect(told).toContain('What if: Performing the operation');
    expect(told).toContain(action);
    expect(told).toContain(target);
  });
  // Only what warns has to look at the ports first.
  if (!script.includes('New-')) expect(started).toEqual([]);
  expect(recordOf(library)).toEqual([]);
});

test.each([
  'Remove-PersistentUdpPortReservation 5000 20',
  'Remove-PersistentUdpPortReservation 5000 20 -Force -Confirm',
  'New-PersistentUdpPortReservation 6000 2 -Confirm',
  "$ConfirmPreference = 'Low'; try { New-PersistentUdpPortReservation 6000 2 } finally { $ConfirmPreference = 'High' }",
])('%s asks, and without an answer does nothing', async (script) => {
  const started = await bench.startsDuring(async () => {
    const { output, errors } = await bench.run(script);
    expect(output).toEqual([]);
    expect(errors).toHaveLength(1);
    expect(errors[0]?.message).toContain('NonInteractive');
  });
  // New- looks for what to warn of before it asks.
  if (script.includes('Remove-')) expect(started).toEqual([]);
  expect(recordOf(library)).toEqual([]);
});

test.each(['Remove-PersistentUdpPortReservation 5000 20', 'New-PersistentUdpPortReservation 6000 2 -Confirm'])(
  '%s does nothing without an answer where no try is around it, and says what to do',
  async (script) => {
    const options = { NodePath: bench.node, LibraryPath: library };
    // In a try, as in these sessions, the error of a method ends more than its statement.
    const { output, errors } = await bench.run(`${SHELL_FUNCTIONS}
      $shell = New-Shell
      $shell.AddScript(${quoted(`${bench.importLine(options)}; ${script}; 'the next'`)}).Invoke()
      $shell.Streams.Error
      Remove-Shell $shell`);
    expect(output.map(({ value }) => value)).toEqual(['the next']);
    expect(errors).toHaveLength(1);
    expect(errors[0]?.fullyQualifiedErrorId).toMatch(/^ConfirmationNotAvailable,/);
    expect(errors[0]?.recommendedAction).toContain('-Confirm:$false');
    expect(recordOf(library)).toEqual([]);
  },
);

test.each([
  'Remove-PersistentUdpPortReservation 5000 20 -Force',
  'Remove-PersistentUdpPortReservation 5000 20 -Confirm:$false',
  "$ConfirmPreference = 'None'; Remove-PersistentUdpPortReservation 5000 20; $ConfirmPreference = 'High'",
  'Get-PersistentUdpPortReservationToken 5000 20 | Remove-PersistentUdpPortReservation -Confirm:$false',
])('%s removes, and says nothing', async (script) => {
  expect(await bench.output(script)).toEqual([]);
  expect(isReserved()).toBe(false);
});

test('-Force lasts for its own command only', async () => {
  const script = 'Remove-PersistentUdpPortReservation 5000 20 -Force; Remove-PersistentTcpPortReservation 5000 20';
  expect((await bench.failure(script)).message).toContain('NonInteractive');
});

test('New- asks for nothing by default and returns what it made', async () => {
  expect(await bench.output('$made = New-PersistentTcpPortReservation 5000 20; $made.Protocol; $made.EndPort')).toEqual(
    ['Tcp', '5019'],
  );
  expect(await bench.output('Test-PersistentTcpPortReservation 5000 20')).toEqual(['True']);
});

test('each record of a pipeline is changed when it comes, and its error is its own', async () => {
  const { output, errors } = await bench.run(`
    $blocks = @(6000, 5010, 6100) | ForEach-Object { [pscustomobject]@{ StartPort = $_; NumberOfPorts = 5 } }
    $blocks | New-PersistentUdpPortReservation | ForEach-Object { $_.StartPort; (Test-PersistentUdpPortReservation 6100 5) }`);
  expect(output.map((one) => one.value)).toEqual(['6000', 'False', '6100', 'True']);
  expect(errors).toMatchObject([
    {
      fullyQualifiedErrorId: 'PortRangeInUse,New-PersistentUdpPortReservation',
      targetObject: { value: { properties: { StartPort: { value: '5010' } } } },
    },
  ]);
});

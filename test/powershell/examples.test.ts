/** Every example of the help is run, against the simulated backend. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import {
  excludeInSimulation,
  resetSimulation,
  setSimulatedDynamicRange,
} from '../../src/extensions/port-reservation/simulation/manage.js';
import { planModule } from '../../src/generator/plan.js';
import { renderCatalog } from '../../src/package/catalog.js';
import { readFiles } from '../../src/package/files.js';
import { MODULE, quoted, useModule } from '../support/powershell-module.js';

const bench = useModule();
const plan = planModule(await loadDefinition(MODULE), '');

/** Only Windows lets a socket take its port from a reservation: elsewhere, an example that opens one says so. */
const isRefused = (code: string) => process.platform !== 'win32' && /New-Reserved\w+Socket/.test(code);

let state = '';

beforeAll(async () => {
  // No browser opens.
  await bench.output('function global:Invoke-Item { process { $global:opened = $_.FullName } }');
  writeFileSync(path.join(bench.directory, 'blocks.csv'), 'StartPort,NumberOfPorts\n5000,20\n6000,2\n');
  await bench.output(`
    $null = $ExecutionContext.SessionState.Path.SetLocation(${quoted(bench.directory)})
    # Ports of this process, for the examples that look for them.
    $global:held = [System.Net.Sockets.UdpClient]::new(0)
    $global:listening = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
    $listening.Start()
    # Everybody says yes.
    $global:ConfirmPreference = 'None'`);
  await vouchForModule();
});

/** The module as it is counts as packed, so that its files can be tested. */
async function vouchForModule(): Promise<void> {
  const directory = path.dirname(bench.manifest);
  const { name, version } = bench.definition;
  const file = `${name}.catalog.json`;
  const files = await readFiles(directory);
  writeFileSync(
    path.join(directory, file),
    renderCatalog({ name, version, generator: 'tests', notCovered: [file] }, files),
  );
}

/** A simulated computer of its own: an exclusion, and two reservations of each protocol unless the cmdlet is to make one. */
async function prepare(cmdlet: string): Promise<void> {
  state = await bench.importSimulation(`examples-${cmdlet}`);
  await bench.run('$null = Test-PersistentUdpPortReservation 1 1');
  await resetSimulation(state);
  await excludeInSimulation(state, { pool: 'tcp', startPort: 50_000, numberOfPorts: 60, administered: true });
  if (cmdlet === 'Remove-ExcludedPortRange')
    await excludeInSimulation(state, { pool: 'tcp', startPort: 55_679, numberOfPorts: 1, administered: true });
  for (const protocol of cmdlet.startsWith('New-Persistent') ? [] : ['Udp', 'Tcp']) {
    const create = `New-Persistent${protocol}PortReservation`;
    await bench.output(`$null = ${create} 5000 20; $null = ${create} 6000 2`);
  }
  if (cmdlet === 'Set-DynamicPortRange')
    for (const pool of ['udp', 'tcp'] as const)
      await setSimulatedDynamicRange(state, { pool, startPort: 1024, numberOfPorts: 64_511 });
}

function reservations(): number {
  return (JSON.parse(readFileSync(state, 'utf8')) as { readonly reservations: readonly unknown[] }).reservations.length;
}

/** One error, that of the platform, and no reservation more or less. What else an example does with the socket is left out. */
async function expectRefusal(code: string): Promise<void> {
  const before = reservations();
  const { output, errors, warnings } = await bench.run(`& { ${code.split(';', 1)[0]} }`);
  const ids = errors.map((error) => error.fullyQualifiedErrorId);
  expect({ output, ids, warnings }).toEqual({
    output: [],
    ids: [expect.stringMatching(/^PlatformNotSupported,New-Reserved(Udp|Tcp)Socket$/)],
    warnings: [],
  });
  expect(reservations()).toBe(before);
}

/** By how much the number of reservations changes. */
function changeOf(code: string): number {
  if (code.includes('-WhatIf')) return 0;
  if (code.includes('Remove-Persistent')) return -1;
  return code.includes('New-Persistent') && !code.startsWith('if (-not (Test-') ? 1 : 0;
}

/** Examples that show nothing on this simulated computer, and rightly so. */
const SILENT = [
  /-WhatIf$/,
  /^Remove-|\| Remove-/,
  /^\$socket = [^;]*$/,
  /^if \(/,
  /^Get-PortUse -Port 5353$/,
  /-ne 49152$/,
  /-gt 32768$/,
  /Module -PassThru$/,
  /Invoke-Item$/,
];

/** Besides the types that the cmdlet declares. */
const MEMBERS: Readonly<Record<string, string>> = {
  Token: 'System.UInt64',
  StartPort: 'System.UInt16',
  Port: 'System.Int32',
  Status: 'System.String',
};

test('each cmdlet has three examples or more', () => {
  expect(plan.help.filter(({ examples }) => examples.length < 3).map(({ name }) => name)).toEqual([]);
});

describe.each(plan.help.map((help) => [help.name, help] as const))('%s', (name, { examples, outputs }) => {
  beforeAll(() => prepare(name));

  // The others first: after them there is nothing left to look at.
  const ordered = [...examples].sort((one, other) => changeOf(other.code) - changeOf(one.code));
  test.each(ordered.map(({ code }) => [code] as const))('%s', async (code) => {
    // What an earlier example has taken away, or made.
    if (changeOf(code) !== 0 || /^(New-Persistent|Set-)/.test(name)) await prepare(name);
    const before = reservations();
    if (isRefused(code)) return expectRefusal(code);
    const { output, errors, warnings, hostText } = await bench.run(code);
    expect({ errors: errors.map(({ message }) => message), warnings }).toEqual({ errors: [], warnings: [] });
    expect(reservations() - before).toBe(changeOf(code));
    if (code.includes('-WhatIf')) expect(hostText).toContain('What if: Performing the operation');
    if (SILENT.some((one) => one.test(code))) expect(output).toEqual([]);
    else expect(output).not.toEqual([]);
    const member = /[)\]]\.(\w+)$/.exec(code)?.[1] ?? /\.(Port);/.exec(code)?.[1] ?? '';
    const isPiped = code.includes('| New-Persistent');
    const permitted = isPiped
      ? ['Dllet.PersistentPortReservation']
      : MEMBERS[member]
        ? [MEMBERS[member]]
        : outputs.map((one) => one.name);
    // Select-Object puts a name of its own before that of a custom object.
    const names = output.map(({ typeNames }) => typeNames.find((one) => !one.startsWith('Selected.')) ?? '');
    expect([...new Set(names)].filter((one) => !permitted.includes(one))).toEqual([]);
  });
});

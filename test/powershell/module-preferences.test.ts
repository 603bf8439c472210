/** Preferences that a caller's script or function sets for itself, not for the whole session. */
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { steerStandIn } from '../standin/build.js';
import { recordOf, useModule } from '../support/powershell-module.js';

const STATE = 'udp 5000 20 77\n';
const bench = useModule();
let library = '';

beforeAll(async () => {
  library = await bench.importStandIn('library', { state: STATE, record: true });
});

beforeEach(() => steerStandIn(library, { state: STATE, record: true }));

const inFunction = (body: string) => `function Invoke-Caller { ${body} }; Invoke-Caller`;

test.each(['New-PersistentUdpPortReservation 6000 2', 'Remove-PersistentUdpPortReservation 5000 20 -Confirm:$false'])(
  '$WhatIfPreference holds back %s',
  async (command) => {
    const { output, errors, hostText } = await bench.run(inFunction(`$WhatIfPreference = $true; ${command}`));
    expect({ output, errors }).toEqual({ output: [], errors: [] });
    expect(hostText).toContain('What if');
    expect(recordOf(library)).toEqual([]);
  },
);

test("$ConfirmPreference = 'None' removes without a question", async () => {
  const script = "$ConfirmPreference = 'None'; Remove-PersistentUdpPortReservation 5000 20";
  expect(await bench.output(inFunction(script))).toEqual([]);
  expect(recordOf(library)).toHaveLength(1);
});

test("$ErrorActionPreference = 'Stop' stops, and -ErrorAction goes before it", async () => {
  const script = `$ErrorActionPreference = 'Stop'
    try { Get-PersistentUdpPortReservationToken 1 1; 'went on' } catch { $_.FullyQualifiedErrorId }
    try { Get-PersistentUdpPortReservationToken 1 1 -ErrorAction Ignore; 'went on' } catch { 'stopped' }
    try { Test-PortBinding -Port 1 -Address 'nowhere'; 'went on' } catch { 'stopped' }`;
  const { output } = await bench.run(inFunction(script));
  expect(output.map(({ value }) => value)).toEqual([
    'ReservationNotFound,Get-PersistentUdpPortReservationToken',
    'went on',
    'stopped',
  ]);
});

test("$ErrorActionPreference = 'SilentlyContinue' says nothing", async () => {
  const script = "$ErrorActionPreference = 'SilentlyContinue'; Get-PersistentUdpPortReservationToken 1 1";
  expect((await bench.run(inFunction(script))).errors).toEqual([]);
});

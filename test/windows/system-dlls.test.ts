/**
 * The module over the system's own DLLs, without a stand-in, or with one only to cause an error whose text is the
 * system's.
 */
import path from 'node:path';
import { expect, test } from 'vitest';
import { useModule } from './powershell/module-bench.js';
import { copyStandIn } from './powershell/standin-build.js';

const bench = useModule();
const IPHLPAPI = 'C:\\windows\\system32\\Iphlpapi.dll';

test.each([
  ['Get-PersistentUdpPortReservationToken 5000 20', 'LookupPersistentUdpPortReservation'],
  ['New-PersistentTcpPortReservation 5000 20', 'CreatePersistentTcpPortReservation'],
  ['Remove-PersistentUdpPortReservation 5000 20 -Force', 'DeletePersistentUdpPortReservation'],
  ['Test-PersistentTcpPortReservation 5000 20', 'LookupPersistentTcpPortReservation'],
  ['New-ReservedUdpSocket 5000 20', 'LookupPersistentUdpPortReservation'],
])('%s: Iphlpapi.dll of System32 has no %s', async (script, name) => {
  await bench.import();
  const error = await bench.failure(script);
  expect(error).toMatchObject({
    fullyQualifiedErrorId: `FunctionNotFound,${script.split(' ')[0]}`,
    category: 'ObjectNotFound',
    exceptionData: { path: { value: IPHLPAPI }, function: { value: name } },
  });
  expect(error.message).toContain(IPHLPAPI);
  expect(error.message).toContain(name);
});

test.each([1450, 1460])('the text of the code %i, which no definition explains, is the system', async (code) => {
  const library = copyStandIn(path.join(bench.directory, `fails-${code}`), { fail: code });
  await bench.import({ LibraryPath: library });
  const [text] = (await bench.output(`[System.ComponentModel.Win32Exception]::new(${code}).Message`)) as [string];
  expect(text.length).toBeGreaterThan(5);
  const error = await bench.failure('Get-PersistentUdpPortReservationToken 5000 20');
  expect(error.fullyQualifiedErrorId).toBe('Win32Error,Get-PersistentUdpPortReservationToken');
  expect(error.message).toContain(`Win32 error ${code}`);
  expect(error.message).toContain(text.trim().replace(/\.$/, ''));
});

// Wine reports the owner of a socket only to that owner, so inside/system-dlls.ts checks it.
test('Get-PortUse knows a socket that this process holds, and that it is gone', async () => {
  await bench.import();
  const found = await bench.output(`
    $client = [System.Net.Sockets.UdpClient]::new([System.Net.IPEndPoint]::new([System.Net.IPAddress]::Loopback, 0))
    $port = $client.Client.LocalEndPoint.Port
    (Get-PortUse -Protocol Udp | Where-Object { $_.Port -eq $port }).Address
    $client.Dispose()
    @(Get-PortUse -Protocol Udp | Where-Object { $_.Port -eq $port }).Count`);
  expect(found).toEqual(['127.0.0.1', '0']);
});

test('New-ReservedUdpSocket: Winsock does not know reservations, and no socket is left', async () => {
  const library = copyStandIn(path.join(bench.directory, 'sockets'), { state: 'udp 5000 20 77\n' });
  await bench.import({ LibraryPath: library });
  const open = 'New-ReservedUdpSocket 5000 20';
  expect(await bench.failure(open)).toMatchObject({
    fullyQualifiedErrorId: 'PlatformNotSupported,New-ReservedUdpSocket',
    category: 'NotImplemented',
    exceptionData: { socketError: { value: '10045' } },
  });
  // More runs than the handles that may be open by chance, so that a leak is visible.
  const [more] = await bench.output(`
    function Get-HandleCount { $me = [System.Diagnostics.Process]::GetCurrentProcess(); $me.HandleCount; $me.Dispose() }
    $before = Get-HandleCount
    1..100 | ForEach-Object { ${open} -ErrorAction Ignore }
    (Get-HandleCount) - $before`);
  expect(Number(more)).toBeLessThan(50);
});

test('Get-ExcludedPortRange does not take the silence of netsh for an empty table', async () => {
  await bench.import();
  const { output, errors } = await bench.run('Get-ExcludedPortRange -Protocol Udp');
  expect(output).toEqual([]);
  expect(errors[0]?.fullyQualifiedErrorId).toBe('NetshOutputUnreadable,Get-ExcludedPortRange');
});

test('the session counts as elevated: the account of Wine is an administrator', async () => {
  const script = `[System.Security.Principal.WindowsPrincipal]::new([System.Security.Principal.WindowsIdentity]::GetCurrent()).IsInRole([System.Security.Principal.WindowsBuiltInRole]::Administrator)`;
  expect(await bench.output(script)).toEqual(['True']);
});

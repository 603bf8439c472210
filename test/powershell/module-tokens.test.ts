/** From the library's memory to a typed object: what arrives, and what the library was given. */
import { beforeAll, expect, test } from 'vitest';
import { steerStandIn } from '../standin/build.js';
import { propertiesOf, recordOf, useModule } from '../support/powershell-module.js';

const TOKENS = ['0', '1', '9007199254740993', '9223372036854775808', '18446744073709551615'];

const bench = useModule();
let library = '';

beforeAll(async () => {
  library = await bench.importStandIn('library', { state: '', record: true });
});

test.each(TOKENS)('the token %s arrives with every digit', async (token) => {
  steerStandIn(library, { state: `udp 5000 20 ${token}\n` });
  const { output, errors } = await bench.run('(Get-PersistentUdpPortReservationToken 5000 20).Token');
  expect({ output, errors }).toMatchObject({ output: [{ type: 'System.UInt64', value: token }], errors: [] });
});

test('all of them arrive from one batch, also with an error in between', async () => {
  const state = TOKENS.map((token, index) => `udp ${6000 + index} 1 ${token}\n`).join('');
  steerStandIn(library, { state });
  const blocks = (ports: string) =>
    `@(${ports}) | ForEach-Object { [pscustomobject]@{ StartPort = $_; NumberOfPorts = 1 } }`;
  const get = 'Get-PersistentUdpPortReservationToken';
  expect(await bench.output(`(${blocks('6000..6004')} | ${get}).Token`)).toEqual(TOKENS);
  expect(await bench.output(`(${blocks('6000..6004 + 1 + 6000..6004')} | ${get} -ErrorAction Ignore).Token`)).toEqual([
    ...TOKENS,
    ...TOKENS,
  ]);
});

test('the culture of the session changes nothing', async () => {
  steerStandIn(library, { state: 'udp 5000 20 18446744073709551615\n' });
  const script = `try { [cultureinfo]::CurrentCulture = 'fa-IR'; (Get-PersistentUdpPortReservationToken 5000 20).Token.ToString([cultureinfo]::InvariantCulture) }
    finally { [cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture }`;
  expect(await bench.output(script)).toEqual(['18446744073709551615']);
});

test.each([
  ['Get-PersistentUdpPortReservationToken', 'udp 5000 20 77\n', 'Udp', /^77$/],
  ['New-PersistentTcpPortReservation', '', 'Tcp', /^[1-9][0-9]*$/],
])('%s returns exactly these properties and types', async (cmdlet, state, protocol, token) => {
  steerStandIn(library, { state });
  const { output, errors } = await bench.run(`${cmdlet} -StartPort 5000 -NumberOfPorts 20`);
  expect(errors).toEqual([]);
  expect(output.map((one) => one.typeNames)).toEqual([
    ['Dllet.PersistentPortReservation', 'System.Management.Automation.PSCustomObject', 'System.Object'],
  ]);
  expect(Object.entries(propertiesOf(output[0])).map(([name, { type, value }]) => [name, type, value])).toEqual([
    ['Protocol', 'System.String', protocol],
    ['StartPort', 'System.UInt16', '5000'],
    ['NumberOfPorts', 'System.UInt16', '20'],
    ['EndPort', 'System.UInt16', '5019'],
    ['Token', 'System.UInt64', expect.stringMatching(token)],
  ]);
});

test('the library is given the port in network order and the count in host order', async () => {
  steerStandIn(library, { state: '', record: true });
  const result = await bench.run(`
    $null = New-PersistentUdpPortReservation 5000 20
    $null = New-PersistentTcpPortReservation 65535 1
    $null = Get-PersistentUdpPortReservationToken 5000 20
    $null = Test-PersistentTcpPortReservation 1 65535
    $null = Test-PersistentUdpPortReservation 256 258
    Remove-PersistentUdpPortReservation 5000 20 -Force`);
  expect(result).toMatchObject({ errors: [], output: [] });
  const network = (port: number) => ((port & 0xff) << 8) | (port >> 8);
  expect(recordOf(library)).toEqual([
    `CreatePersistentUdpPortReservation ${network(5000)} 20`,
    `CreatePersistentTcpPortReservation ${network(65535)} 1`,
    `LookupPersistentUdpPortReservation ${network(5000)} 20`,
    `LookupPersistentTcpPortReservation ${network(1)} 65535`,
    `LookupPersistentUdpPortReservation ${network(256)} 258`,
    `DeletePersistentUdpPortReservation ${network(5000)} 20`,
  ]);
  expect(network(5000)).toBe(34835);
});

test('UDP and TCP are separate pools', async () => {
  steerStandIn(library, { state: '' });
  const script = (protocol: string) => `
    $null = New-Persistent${protocol}PortReservation 5000 20
    (Test-PersistentUdpPortReservation 5000 20), (Test-PersistentTcpPortReservation 5000 20)`;
  expect(await bench.output(script('Tcp'))).toEqual(['False', 'True']);
  expect(await bench.output(script('Udp'))).toEqual(['True', 'True']);
  const [udp, tcp] = await bench.output(
    '(Get-PersistentUdpPortReservationToken 5000 20).Token, (Get-PersistentTcpPortReservationToken 5000 20).Token',
  );
  expect(udp).not.toBe(tcp);
});

test('-Verbose names the process, the backend and the library; -Debug shows the messages', async () => {
  steerStandIn(library, { state: 'udp 5000 20 77\n' });
  await bench.import({ LibraryPath: library });
  const { verbose, debug, output } = await bench.run(
    `$DebugPreference = 'Continue'; Get-PersistentUdpPortReservationToken 5000 20 -Verbose; $DebugPreference = 'SilentlyContinue'`,
  );
  expect(output).toHaveLength(1);
  const told = verbose.join('\n');
  expect(told).toContain(`process ${bench.starts().at(-1)}`);
  expect(told).toContain('backend native');
  expect(told).toContain(`library ${library}`);
  expect(debug.slice(-2)).toEqual([
    expect.stringMatching(/^-> \{.*"StartPort":5000,/),
    expect.stringMatching(/^<- \{.*"77"/),
  ]);
});

/** Values that the module itself refuses: no bridge is started for them, and no function is called. */
import { beforeAll, describe, expect, test } from 'vitest';
import { propertiesOf, recordOf, useModule } from '../support/powershell-module.js';

const bench = useModule();
let library = '';

beforeAll(async () => {
  library = await bench.importStandIn('library', { state: 'udp 5000 20 77\n', record: true });
});

const CMDLETS = [
  'Get-PersistentUdpPortReservationToken',
  'New-PersistentTcpPortReservation',
  'Remove-PersistentUdpPortReservation -Force',
  'Test-PersistentTcpPortReservation',
];

describe.each(CMDLETS)('%s', (cmdlet) => {
  test.each([
    ['-StartPort 0 -NumberOfPorts 1', 'ParameterArgumentValidationError'],
    ['-StartPort -1 -NumberOfPorts 1', 'ParameterArgumentTransformationError'],
    ['-StartPort 65536 -NumberOfPorts 1', 'ParameterArgumentTransformationError'],
    ['-StartPort abc -NumberOfPorts 1', 'ParameterArgumentTransformationError'],
    ['-StartPort $null -NumberOfPorts 1', 'ParameterArgumentValidationError'],
    ['-StartPort 5000 -NumberOfPorts 0', 'ParameterArgumentValidationError'],
    ['-StartPort 5000 -NumberOfPorts 65536', 'ParameterArgumentTransformationError'],
    ['-StartPort 5000', 'MissingMandatoryParameter'],
    ['-StartPort 5000 -NumberOfPorts 1 extra', 'PositionalParameterNotFound'],
    ['-StartPort 65530 -NumberOfPorts 20', 'InvalidPortRange'],
    ['-StartPort 2 -NumberOfPorts 65535', 'InvalidPortRange'],
  ])('%s is refused', async (parameters, id) => {
    const [name = '', ...switches] = cmdlet.split(' ');
    const started = await bench.startsDuring(async () => {
      const error = await bench.failure([name, parameters, ...switches].join(' '));
      expect(error.fullyQualifiedErrorId).toBe(`${id},${name}`);
    });
    expect(started).toEqual([]);
    expect(recordOf(library)).toEqual([]);
  });
});

test('a range past the last port is a non-terminating error with its own target', async () => {
  const { errors, output } = await bench.run("New-PersistentUdpPortReservation 65530 20; 'and on'");
  expect(output).toMatchObject([{ value: 'and on' }]);
  expect(errors).toMatchObject([
    {
      category: 'InvalidArgument',
      message: 'A block of 20 ports that starts at port 65530 would end at 65549, but the last port is 65535.',
      recommendedAction: expect.stringContaining('65535'),
      targetObject: { value: { properties: { StartPort: { value: '65530' }, NumberOfPorts: { value: '20' } } } },
    },
  ]);
});

test('the last port can be reached', async () => {
  expect(await bench.output('(New-PersistentTcpPortReservation 65530 6).EndPort')).toEqual(['65535']);
  expect(await bench.output('Remove-PersistentTcpPortReservation 65530 6 -Force')).toEqual([]);
});

test('in a pipeline a refused range keeps its own values, whatever was waiting before it', async () => {
  const blocks = '5000, 65530, 5000, 5000, 65531, 6000, 65532';
  const { output, errors } = await bench.run(`
    @(${blocks}) | ForEach-Object { [pscustomobject]@{ StartPort = $_; NumberOfPorts = 20 } } |
      Get-PersistentUdpPortReservationToken`);
  expect(output).toHaveLength(3);
  const told = errors.map((error) => {
    const port = String(propertiesOf(error.targetObject).StartPort?.value);
    expect(error.message).toContain(port);
    return [error.fullyQualifiedErrorId.split(',')[0], port];
  });
  expect(told).toEqual([
    ['InvalidPortRange', '65530'],
    ['InvalidPortRange', '65531'],
    ['ReservationNotFound', '6000'],
    ['InvalidPortRange', '65532'],
  ]);
});

test('a record without the property, or with a bad value, fails by itself', async () => {
  const { output, errors } = await bench.run(`
    $blocks = @(
      [pscustomobject]@{ StartPort = 5000; NumberOfPorts = 20 }, [pscustomobject]@{ StartPort = 5000 },
      [pscustomobject]@{ StartPort = 'x'; NumberOfPorts = 20 }, [pscustomobject]@{ StartPort = 0; NumberOfPorts = 20 },
      'text', $null, [pscustomobject]@{ StartPort = '5000'; NumberOfPorts = '20'; Other = 1 })
    $blocks | Get-PersistentUdpPortReservationToken`);
  expect(output).toHaveLength(2);
  expect(errors).toHaveLength(5);
  for (const error of errors) expect(error.terminating).toBe(false);
});

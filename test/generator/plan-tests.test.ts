import { describe, expect, it } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { planModule } from '../../src/generator/plan.js';
import { type Edits, sampleDefinition } from '../support/definitions.js';

const testsOf = (edits: Edits = {}) => planModule(sampleDefinition(edits), '1').tests;
const builtIn = planModule(await loadDefinition('PersistentPortReservation'), '1').tests;
const anyDll = planModule(await loadDefinition('test/native/fixtures/any-dll.definition.json'), '1').tests;

describe('a sample call', () => {
  it('takes the numbers of an example, else the least that are valid', () => {
    expect(builtIn.cmdlets[0]?.sample).toEqual({ StartPort: 5000, NumberOfPorts: 20 });
    expect(testsOf().cmdlets[0]?.sample).toEqual({ First: 0, Length: 1 });
    const examples = [{ code: 'Get-RedItem -First 7 -Length 101', description: 'x' }];
    expect(testsOf({ '/cmdlets/0/examples': examples }).cmdlets[0]?.sample).toEqual({ First: 7, Length: 1 });
  });

  it('has a text where a text is asked for, and nothing where the type has no such value', () => {
    expect(anyDll.cmdlets[0]?.sample).toEqual({ Text: 'sample' });
    const type = { struct: [{ name: 'X', type: 'LONG' }] };
    const edits = {
      '/functions/Read{Kind}/parameters/1/type': type,
      '/computed': {},
      '/objects/Item/properties/2': { name: 'Last', from: 'First', description: 'x' },
    };
    expect(testsOf(edits).cmdlets[0]).toMatchObject({ sample: undefined, refusals: [] });
  });

  it('leaves out what the definition has set', () => {
    const found = builtIn.cmdlets.find(({ cmdlet }) => cmdlet === 'Get-PersistentUdpPortReservation');
    expect(found?.sample).toEqual({});
    expect(found?.refusals).toEqual([]);
  });

  it('is left out for what writes a file', () => {
    const found = builtIn.cmdlets.find(({ cmdlet }) => cmdlet === 'Export-PortMap');
    expect(found).toMatchObject({ sample: undefined });
    expect(builtIn.files).toEqual([{ cmdlet: 'Export-PortMap' }]);
  });
});

describe('refusals', () => {
  it('are what is outside a type, outside a range, and computed too great', () => {
    expect(testsOf().cmdlets[0]?.refusals).toEqual([
      { because: 'First -1', values: { First: -1, Length: 1 }, errorId: 'ParameterArgumentTransformationError' },
      { because: 'First 65536', values: { First: 65536, Length: 1 }, errorId: 'ParameterArgumentTransformationError' },
      { because: 'Length 0', values: { First: 0, Length: 0 }, errorId: 'ParameterArgumentValidationError' },
      { because: 'Length 101', values: { First: 0, Length: 101 }, errorId: 'ParameterArgumentValidationError' },
      { because: 'Last 65634', values: { First: 65535, Length: 100 }, errorId: 'PastTheEnd' },
    ]);
  });

  it('hold the greatest numbers as texts', () => {
    expect(testsOf().cmdlets[2]?.refusals.map(({ values }) => values)).toEqual([
      { Wide: -1 },
      { Wide: '18446744073709551616' },
    ]);
  });

  it('are words that are none of an enumeration', () => {
    const found = builtIn.cmdlets.find(({ cmdlet }) => cmdlet === 'Get-ExcludedPortRange');
    expect(found?.refusals.map(({ because }) => because)).toEqual([
      'Protocol NoSuchWord',
      'AddressFamily NoSuchWord',
      'Store NoSuchWord',
    ]);
  });
});

describe('cycles', () => {
  it('are the cmdlets over one pool of a simulation', () => {
    expect(builtIn.cycles).toHaveLength(2);
    expect(builtIn.cycles[1]).toEqual({
      create: 'New-PersistentTcpPortReservation',
      remove: 'Remove-PersistentTcpPortReservation',
      get: 'Get-PersistentTcpPortReservationToken',
      test: 'Test-PersistentTcpPortReservation',
      sample: { StartPort: 5000, NumberOfPorts: 20 },
      absent: 'ReservationNotFound',
      exists: 'PortRangeInUse',
      existingSwitch: 'PassThruExisting',
    });
  });

  it('are none where the definition has no simulation', () => {
    expect(testsOf().cycles).toEqual([]);
    expect(anyDll.cycles).toEqual([]);
  });
});

it('questions are what changes nothing, with the errors that may be the answer', () => {
  expect(testsOf().queries.map(({ cmdlet, errors }) => [cmdlet, errors])).toEqual([
    ['Get-RedItem', ['TwoFailed', 'SevenFailed', 'Win32Error']],
    ['Get-BlueItem', ['TwoFailed', 'SevenFailed', 'Win32Error']],
    ['Test-Item', ['TwoFailed', 'Win32Error']],
  ]);
  expect(anyDll.queries[0]).toMatchObject({ errors: [], isSimulated: false });
  expect(builtIn.queries.filter(({ isSimulated }) => isSimulated).map(({ cmdlet }) => cmdlet)).toEqual([
    'Get-PersistentUdpPortReservation',
    'Get-PersistentTcpPortReservation',
    'Get-ExcludedPortRange',
    'Get-DynamicPortRange',
    'Get-PortUse',
    'Test-PortBinding',
    'Find-FreePortBlock',
    'Get-PersistentPortReservationDiagnostic',
  ]);
});

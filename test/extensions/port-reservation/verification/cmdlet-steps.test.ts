import { expect, it } from 'vitest';
import { loadDefinition } from '../../../../src/definition/load.js';
import { cmdletSteps } from '../../../../src/extensions/port-reservation/verification/cmdlet-steps.js';

const definition = await loadDefinition('PersistentPortReservation');
const block = { start: 5000, count: 20 };

/** The cmdlets that the steps call, each once, in the order of their first call. */
const calledIn = (steps: readonly string[]) => [
  ...new Set(steps.join('\n').match(/\b(New|Remove|Get|Test)-\w+(?= 5000)/g)),
];

it('take each cmdlet over the functions of a pool, and none that makes a socket', () => {
  expect(calledIn(cmdletSteps(definition, true, block))).toEqual([
    'New-PersistentUdpPortReservation',
    'Get-PersistentUdpPortReservationToken',
    'Test-PersistentUdpPortReservation',
    'Remove-PersistentUdpPortReservation',
    'New-PersistentTcpPortReservation',
    'Get-PersistentTcpPortReservationToken',
    'Test-PersistentTcpPortReservation',
    'Remove-PersistentTcpPortReservation',
  ]);
});

it('leave deletion out where the session is not elevated', () => {
  expect(calledIn(cmdletSteps(definition, false, block)).join()).not.toContain('Remove-');
});

it('need all of these cmdlets', () => {
  const cmdlets = definition.cmdlets.filter(({ name }) => name !== 'Test-PersistentUdpPortReservation');
  expect(() => cmdletSteps({ ...definition, cmdlets }, true, block)).toThrow(
    'the definition has no cmdlet Test-... over LookupPersistentUdpPortReservation',
  );
});

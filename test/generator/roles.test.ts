/** Which commands are in which role. */
import { describe, expect, it } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { ownFunctions } from '../../src/generator/own-functions.js';
import { planRoles } from '../../src/generator/roles.js';
import { sampleDefinition } from '../support/definitions.js';

const builtIn = await loadDefinition('PersistentPortReservation');
const rolesOf = (definition: typeof builtIn) =>
  Object.fromEntries(planRoles(definition, ownFunctions(definition)).map((role) => [role.name, role]));

describe('the roles of a module', () => {
  it('part at what changes the system', () => {
    const { PersistentPortReservationReader: reader, PersistentPortReservationOperator: operator } = rolesOf(builtIn);
    const more = operator?.commands.filter((command) => !reader?.commands.includes(command));
    const changing = builtIn.cmdlets.filter(
      ({ function: fn = '', operation = '' }) =>
        builtIn.functions[fn]?.changesState || builtIn.operations[operation]?.changesState,
    );
    expect(changing.length).toBeGreaterThan(0);
    expect(more).toEqual(changing.map((cmdlet) => cmdlet.name));
    expect(reader?.commands.every((command) => operator?.commands.includes(command))).toBe(true);
  });

  it('have no cmdlet that writes a file or returns a socket', () => {
    const kept = builtIn.cmdlets.filter(({ output }) => output.kind === 'file' || output.kind === 'socket');
    expect(kept.length).toBeGreaterThan(0);
    for (const role of Object.values(rolesOf(builtIn))) {
      expect(role.commands.filter((command) => kept.some((cmdlet) => cmdlet.name === command))).toEqual([]);
    }
  });

  it('have the functions of every module', () => {
    for (const role of Object.values(rolesOf(builtIn))) {
      expect(role.commands).toEqual(expect.arrayContaining(ownFunctions(builtIn)));
    }
  });

  it('are one where nothing is changed', () => {
    const reading = { ...builtIn, cmdlets: builtIn.cmdlets.filter((cmdlet) => !cmdlet.shouldProcess) };
    expect(Object.keys(rolesOf(reading))).toEqual(['PersistentPortReservationReader']);
  });

  it('have GUIDs of their own, the same every time', () => {
    const guids = [builtIn, sampleDefinition()].flatMap((one) => Object.values(rolesOf(one)).map((role) => role.guid));
    expect(new Set(guids).size).toBe(guids.length);
    expect(guids).toEqual(
      [builtIn, sampleDefinition()].flatMap((one) => Object.values(rolesOf(one)).map((role) => role.guid)),
    );
    for (const guid of guids)
      expect(guid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

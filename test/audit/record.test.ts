import { expect, it } from 'vitest';
import { posixActor } from '../../src/audit/actor.js';
import { makeRecord } from '../../src/audit/record.js';
import { sampleDefinition } from '../support/definitions.js';
import { ACTOR, change, failed, record } from './support/records.js';

it('has who, when, what, why and with which result', () => {
  expect(record()).toEqual({
    format: 1,
    time: '2031-02-03T04:05:06.789Z',
    definition: 'Sample',
    definitionVersion: '1.2.3',
    function: 'WriteRed',
    params: { Wide: '5' },
    outcome: 'ok',
    errorId: null,
    category: null,
    win32: null,
    hresult: null,
    ntstatus: null,
    reason: 'CHG0042',
    backend: 'simulated',
    library: null,
    ...ACTOR,
  });
});

it('has nothing that the function returned', () => {
  expect(JSON.stringify(record({ answer: { result: { Token: '1234605616436508552' } } }))).not.toContain('123460');
});

it.each(['win32', 'hresult', 'ntstatus'] as const)('of a failure has its id and its %s', (kind) => {
  expect(record({ answer: failed({ [kind]: 5, category: 'PermissionDenied' }) })).toMatchObject({
    outcome: 'error',
    errorId: 'TwoFailed',
    category: 'PermissionDenied',
    ...{ win32: null, hresult: null, ntstatus: null },
    [kind]: 5,
  });
});

it('has no parameters that would not fit', () => {
  expect(record({ params: { Wide: 'x'.repeat(4000) } }).params).toEqual({ Wide: 'x'.repeat(4000) });
  expect(record({ params: { Wide: 'x'.repeat(5000) } }).params).toBeNull();
  expect(record({ params: { Wide: '\u00e9'.repeat(1000) } }).params).toBeNull();
});

it('names the library that was called', () => {
  const backend = {
    name: 'native' as const,
    call: () => ({ returnValue: 0, outputs: {} }),
    describeWin32: () => undefined,
    library: () => '/opt/lib.so',
  };
  expect(makeRecord(change(), sampleDefinition(), backend, ACTOR)).toMatchObject({
    backend: 'native',
    library: '/opt/lib.so',
  });
});

it.skipIf(process.platform === 'win32')('the actor is this process', () => {
  expect(posixActor()).toMatchObject({
    userId: String(process.geteuid?.()),
    elevated: process.geteuid?.() === 0,
    logonId: null,
    processId: process.pid,
    parentProcessId: process.ppid,
  });
  expect(posixActor().user).toMatch(/./);
  expect(posixActor().host).toMatch(/./);
});

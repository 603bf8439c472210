import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { filePolicy, policyKey, readPolicy } from '../../src/audit/policy.js';
import { temporaryDirectory } from '../support/directories.js';

function policyOf(text: string) {
  const directory = temporaryDirectory();
  writeFileSync(path.join(directory, 'Sample.policy.json'), text);
  return filePolicy('Sample', directory);
}

it('there is none where there is no file', () => {
  expect(filePolicy('Sample', temporaryDirectory())).toEqual({ eventLog: false, problems: [] });
  expect(filePolicy('Sample', path.join(temporaryDirectory(), 'missing'))).toEqual({ eventLog: false, problems: [] });
});

it('is for the module that its file names', () => {
  const directory = temporaryDirectory();
  writeFileSync(path.join(directory, 'Other.policy.json'), '{"AuditPath":"/var/log/other.jsonl"}');
  expect(filePolicy('Sample', directory).path).toBeUndefined();
  expect(filePolicy('Other', directory).path).toBe('/var/log/other.jsonl');
});

it.each([
  ['{"AuditPath":"/var/log/a.jsonl"}', { path: '/var/log/a.jsonl', eventLog: false }],
  ['\uFEFF{"AuditEventLog":true}', { eventLog: true }],
  ['{"AuditPath":"","AuditEventLog":0}', { eventLog: false }],
  ['{"AuditPath":"/a","AuditEventLog":1,"Later":"than this version"}', { path: '/a', eventLog: true }],
  ['{}', { eventLog: false }],
])('%s', (text, policy) => {
  expect(policyOf(text)).toEqual({ ...policy, problems: [] });
});

it.each([
  ['{', /cannot be read: .*JSON/],
  ['[]', /not a JSON object/],
  ['null', /not a JSON object/],
  ['{"AuditPath":"audit.jsonl"}', /AuditPath .*absolute path, not "audit.jsonl"/],
  ['{"AuditPath":7}', /AuditPath .*absolute path, not 7/],
  ['{"AuditEventLog":"yes"}', /AuditEventLog .* must be 0 or 1, not "yes"/],
])('%s is a problem, which names the file', (text, problem) => {
  const { eventLog, path: file, problems } = policyOf(text);
  expect({ eventLog, file }).toEqual({ eventLog: false, file: undefined });
  expect(problems).toEqual([expect.stringMatching(problem)]);
  expect(problems[0]).toContain('Sample.policy.json');
});

it('one wrong value does not take the other away', () => {
  expect(policyOf('{"AuditPath":"/a","AuditEventLog":"yes"}')).toMatchObject({ path: '/a', eventLog: false });
});

it('that cannot be read is a problem', () => {
  const directory = temporaryDirectory();
  mkdirSync(path.join(directory, 'Sample.policy.json'));
  expect(filePolicy('Sample', directory).problems).toEqual([expect.stringMatching(/cannot be read: EISDIR/)]);
});

it('has one key of the registry for each module', () => {
  expect(policyKey('Sample')).toBe('SOFTWARE\\Policies\\dllet\\Sample');
  const values = { AuditPath: 'D:\\a.jsonl', AuditEventLog: 1 };
  expect(readPolicy(values, 'HKLM', path.win32.isAbsolute)).toEqual({
    path: 'D:\\a.jsonl',
    eventLog: true,
    problems: [],
  });
});

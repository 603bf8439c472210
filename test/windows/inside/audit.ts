/** Runs in node.exe: the user, the policy in the registry, and the event log, through the system's own DLLs. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { hostname, tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createAuditor } from '../../../src/audit/auditor.js';
import { eventOf } from '../../../src/audit/event.js';
import { policyKey } from '../../../src/audit/policy.js';
import { windowsAuditSystem } from '../../../src/audit/windows.js';
import { nativeSystem } from '../../../src/native/system.js';
import { openMachineRegistry } from '../../../src/system/registry.js';
import { change, record } from '../../audit/support/records.js';
import { fakeBackend } from '../../support/backends.js';
import { sampleDefinition } from '../../support/definitions.js';

// Two node.exe run these tests at the same time, with one registry.
const MODULE = `Sample${process.versions.node.split('.')[0]}`;
const KEY = policyKey(MODULE);
const system = windowsAuditSystem(MODULE);
const reg = (...args: string[]) => execFileSync('C:\\windows\\system32\\reg.exe', args, { stdio: 'ignore' });
const setPolicy = (name: string, type: string, value: string) =>
  reg('add', `HKLM\\${KEY}`, '/v', name, '/t', type, '/d', value, '/f');

afterEach(() => {
  try {
    reg('delete', `HKLM\\${KEY}`, '/f');
  } catch {
    // There is no policy.
  }
});

describe('the actor', () => {
  it('is the account of the process, with its SID, its session and its logon', () => {
    expect(system.actor()).toMatchObject({
      user: expect.stringMatching(new RegExp(`^[^\\\\]+\\\\${userInfo().username}$`, 'i')),
      userId: expect.stringMatching(/^S-1-5-\d+(-\d+)*$/),
      elevated: true,
      session: expect.any(Number),
      logonId: expect.stringMatching(/^0x[0-9a-f]+$/),
      host: hostname(),
      processId: process.pid,
      parentProcessId: process.ppid,
    });
  });

  it('is not what the environment says', () => {
    process.env.USERNAME = 'somebody';
    process.env.USERDOMAIN = 'elsewhere';
    expect(system.actor().user).not.toMatch(/somebody|elsewhere/);
  });

  it('leaves no handle open that a thousand questions would run out of', () => {
    const first = system.actor();
    for (let count = 0; count < 1000; count += 1) expect(system.actor()).toEqual(first);
  });
});

describe('the policy', () => {
  it('is none where there is no key, or no value', () => {
    expect(system.policy()).toEqual({ eventLog: false, problems: [] });
    setPolicy('Other', 'REG_SZ', 'x');
    expect(system.policy()).toEqual({ eventLog: false, problems: [] });
  });

  it('is what Group Policy wrote, at once', () => {
    setPolicy('AuditPath', 'REG_SZ', 'D:\\logs\\p\u00f6rts.jsonl');
    setPolicy('AuditEventLog', 'REG_DWORD', '1');
    expect(system.policy()).toEqual({ path: 'D:\\logs\\p\u00f6rts.jsonl', eventLog: true, problems: [] });
    setPolicy('AuditEventLog', 'REG_DWORD', '0');
    expect(system.policy().eventLog).toBe(false);
  });

  it.each([
    ['AuditPath', 'REG_EXPAND_SZ', '%TEMP%\\a.jsonl', /AuditPath: it is no REG_SZ \(error 1630\)/],
    ['AuditEventLog', 'REG_SZ', '1', /AuditEventLog: it is no REG_DWORD/],
    ['AuditPath', 'REG_SZ', 'a.jsonl', /must be an absolute path, not "a\.jsonl"/],
    ['AuditPath', 'REG_SZ', '\\a.jsonl', /must be an absolute path/],
    ['AuditEventLog', 'REG_DWORD', '2', /must be 0 or 1, not 2/],
  ])('%s as %s %s is a problem', (name, type, value, problem) => {
    setPolicy(name, type, value);
    const { eventLog, path: file, problems } = system.policy();
    expect({ eventLog, file }).toEqual({ eventLog: false, file: undefined });
    expect(problems).toEqual([expect.stringMatching(problem)]);
    expect(problems[0]).toContain(`HKEY_LOCAL_MACHINE\\${KEY}`);
  });

  it('reads values of the system as well', () => {
    const registry = openMachineRegistry(nativeSystem('win32'));
    const product = registry.text('SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion', 'CurrentVersion');
    expect(product).toMatch(/^\d+\.\d+$/);
  });
});

describe('records', () => {
  it('go to the file and to the event log that the policy names, without a word', async () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'audit-')), 'audit.jsonl');
    setPolicy('AuditPath', 'REG_SZ', file);
    setPolicy('AuditEventLog', 'REG_DWORD', '1');
    const asked = { eventLog: false };
    const audit = createAuditor({ definition: sampleDefinition(), backend: fakeBackend(), asked, system });
    expect(await audit(change())).toEqual([]);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ function: 'WriteRed', user: system.actor().user });
  });

  it('are refused by the event log with a reason when they cannot be events', () => {
    const event = eventOf({ ...record(), userId: 'no SID' });
    expect(() => system.writeEvent(event)).toThrow(/^ConvertStringSidToSidW failed: .+ \(error \d+\)$/);
  });
});

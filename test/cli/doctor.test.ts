import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildStandIn, buildStandInWithoutOneExport } from '../standin/build.js';
import { dllet } from '../support/cli.js';
import { temporaryDirectory } from '../support/directories.js';

interface Line {
  readonly check: string;
  readonly status: string;
  readonly found: string;
  readonly cure?: string;
}

describe('dllet doctor', () => {
  it('says the same in text and in JSON', async () => {
    const library = buildStandIn();
    const text = await dllet(['doctor', '--library', library]);
    const json = await dllet(['doctor', '--library', library, '--json']);
    expect([text.status, json.status]).toEqual([0, 0]);
    const lines = JSON.parse(json.stdout) as Line[];
    expect(lines.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['dllet', 'platform', 'node', 'koffi', 'library', 'export', 'elevation', 'PowerShell']),
    );
    for (const { check, status, found, cure } of lines) {
      const line = text.stdout.split('\n').find((one) => one.startsWith(status) && one.includes(found));
      expect(line, check).toContain(check);
      if (cure !== undefined) expect(text.stdout).toContain(`-> ${cure}`);
    }
  });

  it('ends with 1 when something is bad, and says what to do', async () => {
    const { status, stdout } = await dllet(['doctor', '--library', buildStandInWithoutOneExport()]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^bad +export .*LookupPersistentTcpPortReservation/m);
    expect(stdout).toContain('-> Use a version of the library');
  });

  it('compares the files of a module with its catalog', async () => {
    const { stdout } = await dllet(['doctor', '--library', buildStandIn(), '--module', temporaryDirectory()]);
    expect(stdout).toMatch(/^warning +files .*no catalog/m);
  });

  it('takes an absolute path only for a library', async () => {
    const { status, stderr } = await dllet(['doctor', '--library', path.join('.', 'x.so')]);
    expect(status).toBe(2);
    expect(stderr).toContain('absolute path');
  });
});

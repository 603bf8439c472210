/** From a /proc directory to ports in use; the directory is a made-up one. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { linuxPortUse } from '../../../../src/extensions/port-reservation/ports/linux-port-use.js';

const HEADING = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
const row = (port: string, state: string, inode: number): string =>
  `   0: 00000000:${port} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0`;

let proc: string;

beforeEach(() => {
  proc = mkdtempSync(path.join(tmpdir(), 'dllet-proc-'));
  mkdirSync(path.join(proc, 'net'));
});
afterEach(() => rmSync(proc, { recursive: true, force: true }));

function table(name: string, ...rows: string[]): void {
  writeFileSync(path.join(proc, 'net', name), [HEADING, ...rows, ''].join('\n'));
}

function processWith(pid: number, name: string | null, ...links: string[]): void {
  mkdirSync(path.join(proc, String(pid), 'fd'), { recursive: true });
  if (name !== null) writeFileSync(path.join(proc, String(pid), 'comm'), `${name}\n`);
  links.forEach((target, index) => void symlinkSync(target, path.join(proc, String(pid), 'fd', String(index))));
}

const TCP4 = { protocols: ['Tcp'], addressFamilies: ['IPv4'] } as const;
const BOTH = { protocols: ['Tcp'], addressFamilies: ['IPv4', 'IPv6'] } as const;

// Symbolic links need a privilege on Windows, and nobody reads /proc there.
describe.skipIf(process.platform === 'win32')('/proc', () => {
  it('gives a row for every process that holds a socket', async () => {
    table('tcp', row('0050', '0A', 11), row('0051', '0A', 12), row('0052', '06', 0), row('0053', '01', 13));
    processWith(1, 'init', 'socket:[11]', '/dev/null', 'socket:[11]');
    processWith(20, 'web server', 'pipe:[12]', 'socket:[11]', 'socket:[999]');
    processWith(30, null, 'socket:[13]');
    mkdirSync(path.join(proc, '40'));
    const base = { protocol: 'Tcp', addressFamily: 'IPv4', address: '0.0.0.0' };
    expect(await linuxPortUse(TCP4, proc)).toEqual([
      { ...base, port: 80, state: 'Listen', processId: 1, processName: 'init' },
      { ...base, port: 80, state: 'Listen', processId: 20, processName: 'web server' },
      { ...base, port: 81, state: 'Listen', processId: 0, processName: null },
      { ...base, port: 82, state: 'TimeWait', processId: 0, processName: null },
      { ...base, port: 83, state: 'Established', processId: 30, processName: null },
    ]);
  });

  it('is complete without the table of IPv6 where the kernel has no IPv6', async () => {
    table('tcp', row('0050', '0A', 11));
    expect(await linuxPortUse(BOTH, proc)).toHaveLength(1);
  });

  it('is an error, not an empty list, when it cannot be read', async () => {
    const unavailable = { id: 'PortUseUnavailable', category: 'ResourceUnavailable' };
    await expect(linuxPortUse(BOTH, proc)).rejects.toMatchObject(unavailable);
    await expect(linuxPortUse(BOTH, path.join(proc, 'missing'))).rejects.toMatchObject(unavailable);
    writeFileSync(path.join(proc, 'net', 'tcp'), '');
    await expect(linuxPortUse(TCP4, proc)).rejects.toMatchObject(unavailable);
    table('tcp', 'nonsense');
    await expect(linuxPortUse(TCP4, proc)).rejects.toMatchObject({
      ...unavailable,
      data: { source: path.join(proc, 'net', 'tcp') },
    });
  });
});

/** lsof's output: of the form that macOS has, by hand; and real, from the lsof of this machine. */
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseLsof } from '../../../../src/extensions/port-reservation/ports/macos-lsof.js';
import { macosPortUse } from '../../../../src/extensions/port-reservation/ports/macos-port-use.js';
import { closeAtEnd, holdTcp, holdUdp } from './use-support.js';

closeAtEnd();

const EVERYTHING = { protocols: ['Tcp', 'Udp'], addressFamilies: ['IPv4', 'IPv6'] } as const;

const OUTPUT = `p321
crapportd
f4
tIPv4
PTCP
n*:49152
TST=LISTEN
TQR=0
TQS=0
f10
tIPv6
PTCP
n[fe80:4::aede:48ff:fe00:1122]:49200->[fe80:4::1]:443
TST=FIN_WAIT_1
f11
tIPv4
PUDP
n*:*
p654
cGoogle\\x20Chrome
f20
tIPv6
PUDP
n*:5353
f21
tIPv4
PTCP
n192.168.1.7:50001->192.0.2.1:443
TST=ESTABLISHED
f22
tIPv4
PTCP
n127.0.0.1:50002
TST=SOMETHING_NEW
`;

describe('the output of lsof', () => {
  it('gives a row for each socket that has a local port', () => {
    const rapportd = { processId: 321, processName: 'rapportd' };
    const chrome = { processId: 654, processName: 'Google Chrome' };
    const tcp = { protocol: 'Tcp', addressFamily: 'IPv4' };
    expect(parseLsof(OUTPUT)).toEqual([
      { ...rapportd, ...tcp, address: '0.0.0.0', port: 49_152, state: 'Listen' },
      {
        ...rapportd,
        protocol: 'Tcp',
        addressFamily: 'IPv6',
        address: 'fe80:4::aede:48ff:fe00:1122',
        port: 49_200,
        state: 'FinWait1',
      },
      { ...chrome, protocol: 'Udp', addressFamily: 'IPv6', address: '::', port: 5353, state: null },
      { ...chrome, ...tcp, address: '192.168.1.7', port: 50_001, state: 'Established' },
      { ...chrome, ...tcp, address: '127.0.0.1', port: 50_002, state: 'Unknown' },
    ]);
  });

  it('is the same without descriptors, and passes over other protocols', () => {
    expect(parseLsof(OUTPUT.replaceAll(/^f.*\n/gm, ''))).toEqual(parseLsof(OUTPUT));
    expect(parseLsof('p1\ncping\nf3\ntIPv4\nPICMP\nn*:*\n')).toEqual([]);
  });

  it('is not taken for empty when it is something else', () => {
    expect(parseLsof('')).toEqual([]);
    expect(() => parseLsof('lsof: illegal option')).toThrow('incomplete data');
    expect(() => parseLsof('p1\n???')).toThrow('unexpected field');
    expect(() => parseLsof('p1\ncx\nf3\ntIPv4\nPTCP\nnnonsense')).toThrow('unexpected socket');
    expect(() => parseLsof('p1\ncx\nf3\ntIPv4\nn*:80')).toThrow('incomplete data');
  });
});

describe('lsof itself', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'dllet-lsof-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  const script = (name: string, text: string): string => {
    const file = path.join(directory, name);
    writeFileSync(file, `#!/bin/sh\n${text}\n`);
    chmodSync(file, 0o755);
    return file;
  };

  it.skipIf(!existsSync('/usr/bin/lsof'))('shows the sockets of this process', async () => {
    const [udp, tcp] = [await holdUdp('127.0.0.1'), await holdTcp('127.0.0.1')];
    const uses = await macosPortUse(EVERYTHING, '/usr/bin/lsof');
    const mine = { address: '127.0.0.1', addressFamily: 'IPv4', processId: process.pid };
    expect(uses).toContainEqual(expect.objectContaining({ ...mine, protocol: 'Udp', port: udp.port, state: null }));
    expect(uses).toContainEqual(expect.objectContaining({ ...mine, protocol: 'Tcp', port: tcp.port, state: 'Listen' }));
    const none = await macosPortUse({ protocols: ['Udp'], addressFamilies: ['IPv6'] }, '/usr/bin/lsof');
    expect(none.filter(({ port }) => port === udp.port)).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('tells "nothing to list" from "failed"', async () => {
    expect(await macosPortUse(EVERYTHING, script('none', 'exit 1'))).toEqual([]);
    const unavailable = { id: 'PortUseUnavailable', category: 'ResourceUnavailable' };
    await expect(macosPortUse(EVERYTHING, script('denied', 'echo "lsof: no" >&2; exit 1'))).rejects.toMatchObject({
      ...unavailable,
      message: expect.stringContaining('lsof: no') as string,
    });
    await expect(macosPortUse(EVERYTHING, script('broken', 'exit 3'))).rejects.toMatchObject(unavailable);
    await expect(macosPortUse(EVERYTHING, path.join(directory, 'missing'))).rejects.toMatchObject(unavailable);
  });
});

import { describe, expect, it } from 'vitest';
import {
  asciiText,
  type RunNetsh,
  takeSnapshot,
  whatIsNew,
} from '../../../../src/extensions/port-reservation/verification/netsh-capture.js';

/** As Windows prints it in English, with these rows for UDP over IPv4. */
function netsh(rows: readonly string[]): RunNetsh {
  return async (args) => {
    const asked = args.join(' ');
    const shown = asked.includes('ipv4') && asked.includes('protocol=udp') ? rows : [];
    const text = [
      '',
      'Protocol udp Port Exclusion Ranges',
      '',
      'Start Port    End Port      ',
      '----------    --------      ',
      ...shown,
      '',
      '* - Administered port exclusions.',
      '',
      '',
    ].join('\r\n');
    return { status: 0, failure: null, stdout: Buffer.from(text), stderr: Buffer.alloc(0) };
  };
}

const OLD = '     50000       50059     *';

describe('what netsh shows', () => {
  it('is asked of both families, both protocols and both stores', async () => {
    const { captures, tables } = await takeSnapshot(netsh([OLD]), 'now');
    expect(captures.map(({ command }) => command)).toHaveLength(8);
    expect(new Set(captures.map(({ command }) => command)).size).toBe(8);
    expect(captures[0]).toMatchObject({ when: 'now', status: 'exit status 0' });
    expect(tables.get('IPv4 Udp Active')).toHaveLength(1);
  });

  it.each([
    ['     48900       48919      ', '48900-48919 without a star'],
    ['     48900       48919     *', '48900-48919 with a star'],
  ])('names a new row with or without its star: %s', async (row, expected) => {
    const before = await takeSnapshot(netsh([OLD]), 'before');
    const found = whatIsNew(before, await takeSnapshot(netsh([row, OLD]), 'after'));
    expect(found).toContain(`IPv4 Udp Active: ${expected}; IPv4 Udp Persistent: ${expected}`);
    expect(found).toContain('IPv6 Udp Active: no new row');
    expect(found).toContain('IPv4 Tcp Active: no new row');
  });

  it('does not take silence or a failure for an empty table', async () => {
    const silent: RunNetsh = async () => ({
      status: 0,
      failure: null,
      stdout: Buffer.alloc(0),
      stderr: Buffer.alloc(0),
    });
    const failing: RunNetsh = async () => {
      throw new Error('no netsh');
    };
    for (const run of [silent, failing]) {
      const before = await takeSnapshot(run, 'before');
      expect(whatIsNew(before, await takeSnapshot(run, 'after'))).toContain('IPv4 Udp Active: unreadable');
    }
    const { captures } = await takeSnapshot(failing, 'before');
    expect(captures[0]?.status).toBe('no netsh');
  });

  it('is kept byte by byte, in ASCII', () => {
    expect(asciiText(Buffer.from([0x44, 0x82, 0x0d, 0x0a, 0x2a, 0xff]))).toBe('D\\x82\n*\\xff');
  });
});

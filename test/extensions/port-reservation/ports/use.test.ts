/** The ports in use on this machine: sockets of this process and of another. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { AddressFamily, PortUse, Protocol } from '../../../../src/extensions/port-reservation/ports/types.js';
import { comparePortUse, listPortUse } from '../../../../src/extensions/port-reservation/ports/use.js';
import { closeAtEnd, closeLater, hasIpv6, holdInChild, holdTcp, holdUdp } from './use-support.js';

closeAtEnd();

const EVERYTHING = { protocols: ['Tcp', 'Udp'], addressFamilies: ['IPv4', 'IPv6'] } as const;
const SUPPORTED = ['linux', 'darwin', 'win32'].includes(process.platform);
const OWN_NAME = process.platform === 'linux' ? readFileSync('/proc/self/comm', 'utf8').trim() : 'node';
const ipv6 = await hasIpv6();

async function usesOf(port: number, protocol: Protocol, addressFamily: AddressFamily): Promise<PortUse[]> {
  const uses = await listPortUse({ protocols: [protocol], addressFamilies: [addressFamily] });
  return uses.filter((use) => use.port === port);
}

describe.skipIf(!SUPPORTED)('ports in use', () => {
  it('tells who holds a UDP port', async () => {
    const { port } = await holdUdp('127.0.0.1');
    expect(await usesOf(port, 'Udp', 'IPv4')).toEqual([
      {
        protocol: 'Udp',
        addressFamily: 'IPv4',
        address: '127.0.0.1',
        port,
        state: null,
        processId: process.pid,
        processName: OWN_NAME,
      },
    ]);
  });

  it('tells who listens on a TCP port', async () => {
    const { port } = await holdTcp('127.0.0.1');
    expect(await usesOf(port, 'Tcp', 'IPv4')).toEqual([
      {
        protocol: 'Tcp',
        addressFamily: 'IPv4',
        address: '127.0.0.1',
        port,
        state: 'Listen',
        processId: process.pid,
        processName: OWN_NAME,
      },
    ]);
  });

  it.skipIf(!ipv6)('tells who holds a port of IPv6', async () => {
    const [udp, tcp, any] = [await holdUdp('::1'), await holdTcp('::1'), await holdUdp('::')];
    const mine = { addressFamily: 'IPv6', processId: process.pid };
    expect(await usesOf(udp.port, 'Udp', 'IPv6')).toMatchObject([{ ...mine, address: '::1', state: null }]);
    expect(await usesOf(tcp.port, 'Tcp', 'IPv6')).toMatchObject([{ ...mine, address: '::1', state: 'Listen' }]);
    expect(await usesOf(any.port, 'Udp', 'IPv6')).toMatchObject([{ ...mine, address: '::', state: null }]);
    expect(await usesOf(udp.port, 'Udp', 'IPv4')).toEqual([]);
  });

  it.skipIf(!ipv6)('tells another process apart', async () => {
    const { child, udp, tcp } = await holdInChild();
    const theirs = { processId: child.pid, processName: expect.stringMatching(/node|MainThread/) as string };
    expect(await usesOf(udp, 'Udp', 'IPv4')).toMatchObject([{ ...theirs, address: '127.0.0.1', state: null }]);
    expect(await usesOf(tcp, 'Tcp', 'IPv6')).toMatchObject([{ ...theirs, address: '::1', state: 'Listen' }]);
  });

  it('shows both ends of a connection, and what is left of it', async () => {
    const { server, port } = await holdTcp('127.0.0.1');
    const accepted = once(server, 'connection') as Promise<[Socket]>;
    const client = connect({ host: '127.0.0.1', port });
    closeLater(() => client.destroy());
    await once(client, 'connect');
    const [peer] = await accepted;
    const localPort = client.localPort ?? 0;

    expect((await usesOf(port, 'Tcp', 'IPv4')).map(({ state }) => state)).toEqual(['Established', 'Listen']);
    expect(await usesOf(localPort, 'Tcp', 'IPv4')).toMatchObject([{ state: 'Established', processId: process.pid }]);

    // The end that closes first is the one that waits.
    const closed = Promise.all([once(client, 'close'), once(peer, 'close')]);
    peer.on('end', () => peer.end()).resume();
    client.resume().end();
    await closed;
    await expect
      .poll(() => usesOf(localPort, 'Tcp', 'IPv4'), { timeout: 5_000 })
      .toMatchObject([{ state: 'TimeWait', processId: 0 }]);
  });

  it('shows many connections of one server once', async () => {
    const { server, port } = await holdTcp('127.0.0.1');
    for (let count = 0; count < 3; count++) {
      const accepted = once(server, 'connection');
      const client = connect({ host: '127.0.0.1', port });
      closeLater(() => client.destroy());
      await Promise.all([once(client, 'connect'), accepted]);
    }
    expect((await usesOf(port, 'Tcp', 'IPv4')).map(({ state }) => state)).toEqual(['Established', 'Listen']);
  });

  it('is sorted, and holds what was asked for only', async () => {
    await Promise.all([holdUdp('127.0.0.1'), holdUdp('0.0.0.0'), holdTcp('127.0.0.1'), holdTcp('0.0.0.0')]);
    const all = await listPortUse(EVERYTHING);
    expect(all).toEqual([...all].sort(comparePortUse));
    expect(new Set(all.map(({ protocol }) => protocol))).toEqual(new Set(['Tcp', 'Udp']));

    const udp4 = await listPortUse({ protocols: ['Udp'], addressFamilies: ['IPv4'] });
    expect(udp4.length).toBeGreaterThan(0);
    expect(udp4.filter((use) => use.protocol !== 'Udp' || use.addressFamily !== 'IPv4')).toEqual([]);
    expect(await listPortUse({ protocols: [], addressFamilies: ['IPv4'] })).toEqual([]);
  });
});

describe('sources that cannot be read', () => {
  it.skipIf(process.platform === 'win32')('does not take a missing Windows for a Windows without sockets', async () => {
    await expect(listPortUse({ ...EVERYTHING, platform: 'win32' })).rejects.toMatchObject({
      id: 'PortUseUnavailable',
      category: 'ResourceUnavailable',
    });
  });

  it('refuses platforms that it has no source for', async () => {
    await expect(listPortUse({ ...EVERYTHING, platform: 'aix' })).rejects.toMatchObject({ id: 'PlatformNotSupported' });
  });
});

/** Real binds, next to sockets of this process. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { probeBind } from '../../../../src/extensions/port-reservation/ports/bind-probe.js';
import type { BindProbe, Protocol } from '../../../../src/extensions/port-reservation/ports/types.js';
import { closeAtEnd, closeLater, hasIpv6, holdTcp, holdUdp, portOf } from './use-support.js';

closeAtEnd();

const ALL_PORTS = Array.from({ length: 65_536 }, (_, port) => port);
const ipv6 = await hasIpv6();

const bound = (port: number): BindProbe => ({ port, outcome: 'bound' });
const failed = (port: number, code: string): BindProbe => ({ port, outcome: 'failed', code });

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  return port;
}

const openDescriptors = (): number => readdirSync('/proc/self/fd').length;

describe('a bind probe', () => {
  it('tells a held port from a free one, and each protocol by itself', async () => {
    const [udp, tcp] = [await holdUdp('127.0.0.1'), await holdTcp('127.0.0.1')];
    const free = await freePort();
    const at = (protocol: Protocol) => ({ protocol, address: '127.0.0.1' });
    expect(await probeBind([udp.port, free], at('Udp'))).toEqual([failed(udp.port, 'EADDRINUSE'), bound(free)]);
    expect(await probeBind([free, tcp.port], at('Tcp'))).toEqual([bound(free), failed(tcp.port, 'EADDRINUSE')]);
    expect(await probeBind([udp.port], at('Tcp'))).toEqual([bound(udp.port)]);
  });

  it('keeps the order, and answers a port as often as it is asked for', async () => {
    const { port } = await holdUdp('127.0.0.1');
    const free = await freePort();
    const ports = new Set([free, port]).values();
    expect(await probeBind(ports, { protocol: 'Udp', address: '127.0.0.1' })).toEqual([
      bound(free),
      failed(port, 'EADDRINUSE'),
    ]);
    expect(await probeBind([free, free], { protocol: 'Udp', address: '127.0.0.1' })).toEqual([
      bound(free),
      bound(free),
    ]);
    expect(await probeBind([], { protocol: 'Tcp', address: '127.0.0.1' })).toEqual([]);
  });

  it('does not share a port with sockets that would share theirs', async () => {
    const sharing = createSocket({ type: 'udp4', reuseAddr: true });
    sharing.bind({ port: 0, address: '127.0.0.1', exclusive: true });
    await once(sharing, 'listening');
    closeLater(() => sharing.close());
    const { port } = sharing.address();
    const [probe] = await probeBind([port], { protocol: 'Udp', address: '127.0.0.1' });
    expect(probe?.outcome).toBe('failed');
  });

  it('sees a port that is held for all addresses, from each of them', async () => {
    const { port } = await holdTcp('0.0.0.0');
    expect(await probeBind([port], { protocol: 'Tcp', address: '127.0.0.1' })).toEqual([failed(port, 'EADDRINUSE')]);
    expect(await probeBind([port], { protocol: 'Tcp', address: '0.0.0.0' })).toEqual([failed(port, 'EADDRINUSE')]);
  });

  it.skipIf(!ipv6)('asks about one address family at a time', async () => {
    const [v4, v6] = [await holdUdp('0.0.0.0'), await holdUdp('::')];
    const ports = [v4.port, v6.port];
    expect(await probeBind(ports, { protocol: 'Udp', address: '::' })).toEqual([
      bound(v4.port),
      failed(v6.port, 'EADDRINUSE'),
    ]);
    expect(await probeBind(ports, { protocol: 'Udp', address: '0.0.0.0' })).toEqual([
      failed(v4.port, 'EADDRINUSE'),
      bound(v6.port),
    ]);
    expect(await probeBind([v6.port], { protocol: 'Udp', address: '::1' })).toEqual([failed(v6.port, 'EADDRINUSE')]);
    expect(await probeBind([v4.port], { protocol: 'Udp', address: '::ffff:127.0.0.1' })).toEqual([
      failed(v4.port, 'EADDRINUSE'),
    ]);
  });

  it('says when the address is not one of this computer', async () => {
    const port = await freePort();
    expect(await probeBind([port], { protocol: 'Udp', address: '192.0.2.1' })).toEqual([failed(port, 'EADDRNOTAVAIL')]);
  });

  it('answers port 0 without a bind', async () => {
    expect(await probeBind([0], { protocol: 'Udp', address: '127.0.0.1' })).toEqual([failed(0, 'EINVAL')]);
    expect(await probeBind([0], { protocol: 'Tcp', address: '127.0.0.1' })).toEqual([failed(0, 'EINVAL')]);
  });

  it.each([[-1], [65_536], [1.5], [Number.NaN]])('refuses %d as a port', async (port) => {
    await expect(probeBind([80, port], { protocol: 'Udp', address: '127.0.0.1' })).rejects.toMatchObject({
      id: 'InvalidParameter',
    });
  });

  it.each(['localhost', '', '127.0.0', '::1%no-such-interface', '300.0.0.1'])(
    'refuses %j as an address',
    async (address) => {
      await expect(probeBind([80], { protocol: 'Udp', address })).rejects.toMatchObject({ id: 'InvalidParameter' });
    },
  );

  it('refuses platforms that it has no sockets for', async () => {
    const options = { protocol: 'Udp', address: '127.0.0.1', platform: 'aix' } as const;
    await expect(probeBind([80], options)).rejects.toMatchObject({ id: 'PlatformNotSupported' });
  });
});

describe('a bind probe of everything', () => {
  it('answers all 65,536 UDP ports, right for those that are held, in seconds', async () => {
    const held = await Promise.all(Array.from({ length: 5 }, () => holdUdp('127.0.0.1')));
    const started = performance.now();
    const probes = await probeBind(ALL_PORTS, { protocol: 'Udp', address: '127.0.0.1' });
    const milliseconds = performance.now() - started;
    process.stdout.write(`65,536 UDP ports in ${Math.round(milliseconds)} ms\n`);

    expect(probes.map(({ port }) => port)).toEqual(ALL_PORTS);
    for (const { port } of held) expect(probes[port]).toEqual(failed(port, 'EADDRINUSE'));
    expect(probes.filter(({ outcome }) => outcome === 'bound').length).toBeGreaterThan(50_000);
    expect(milliseconds).toBeLessThan(25_000);
  });

  it('lets the rest of the program run meanwhile', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await probeBind(ALL_PORTS, { protocol: 'Tcp', address: '127.0.0.1' });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });

  it.skipIf(process.platform !== 'linux')('leaves no descriptor and no socket behind', async () => {
    const { port } = await holdTcp('127.0.0.1');
    const free = await freePort();
    await probeBind([free], { protocol: 'Tcp', address: '127.0.0.1' });
    const before = openDescriptors();
    for (const protocol of ['Tcp', 'Udp'] as const) {
      await probeBind(Array<number>(2_000).fill(free).concat(port), { protocol, address: '127.0.0.1' });
      await probeBind([free], { protocol, address: '192.0.2.1' });
    }
    expect(openDescriptors()).toBe(before);
    const server = createServer().listen({ host: '127.0.0.1', port: free, exclusive: true });
    await once(server, 'listening');
    server.close();
  });
});

/** Real sockets for the tests of ports in use, closed when the test file is done. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll } from 'vitest';

let closers: (() => unknown)[] | undefined;

/** To be called at the top of a test file that opens any of these: closes them when the file is done. */
export function closeAtEnd(): void {
  closers = [];
  afterAll(async () => {
    const all = closers ?? [];
    closers = undefined;
    for (const close of all.reverse()) await close();
  });
}

/** Has something closed when the test file is done. */
export function closeLater(close: () => unknown): void {
  if (closers === undefined) throw new Error('a test file that opens sockets calls closeAtEnd() first');
  closers.push(close);
}

/** A UDP socket on a port of the system's choice, or on a given one. */
export async function holdUdp(
  address: string,
  port = 0,
): Promise<{ readonly socket: UdpSocket; readonly port: number }> {
  const socket = createSocket({ type: address.includes(':') ? 'udp6' : 'udp4', ipv6Only: address.includes(':') });
  socket.bind({ port, address, exclusive: true });
  await once(socket, 'listening');
  closeLater(() => socket.close());
  return { socket, port: socket.address().port };
}

/** A TCP listener on a port of the system's choice. */
export async function holdTcp(host: string): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer().listen({ host, port: 0, exclusive: true, ipv6Only: host.includes(':') });
  await once(server, 'listening');
  closeLater(() => server.close());
  return { server, port: portOf(server) };
}

export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/** A node process of its own that holds a UDP port of 127.0.0.1 and a TCP listener on ::1. */
export async function holdInChild(): Promise<{
  readonly child: ChildProcess;
  readonly udp: number;
  readonly tcp: number;
}> {
  const script = `
    const server = require('node:net').createServer().listen(0, '::1', () => {
      const socket = require('node:dgram').createSocket('udp4');
      socket.bind(0, '127.0.0.1', () => {
        process.stdout.write(JSON.stringify({ udp: socket.address().port, tcp: server.address().port }));
      });
    });`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  closeLater(() => child.kill());
  const [output] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, ...(JSON.parse(output.toString()) as { udp: number; tcp: number }) };
}

/** Whether this machine has the IPv6 loopback address. */
export async function hasIpv6(): Promise<boolean> {
  const server = createServer().listen({ host: '::1', port: 0 });
  const works = await new Promise<boolean>((resolve) => {
    server.once('listening', () => resolve(true)).once('error', () => resolve(false));
  });
  server.close();
  return works;
}

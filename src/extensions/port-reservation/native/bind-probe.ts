/** Binds one real socket to a port and closes it before any other code of this process can run. */
import { DlletError } from '../../../definition/errors.js';
import { PORT_OFFSET, type SocketAddress, socketAddress } from './socket-address.js';
import { openSocketCalls, type SocketCalls, type SocketHandle, type SocketOption } from './socket-calls.js';

export interface PortBinderOptions {
  readonly protocol: 'Tcp' | 'Udp';
  /** A literal IPv4 or IPv6 address. */
  readonly address: string;
  readonly platform: NodeJS.Platform;
}

/** Binds and releases one port. Returns null on success, or Node's name of the error (EADDRINUSE). */
export type PortBinder = (port: number) => string | null;

/**
 * Returns a binder for one protocol and address. An IPv6 socket is IPv6-only, unless the address is IPv4-mapped, so
 * that `::` and `0.0.0.0` are separate questions on every platform. Ports are never shared (no SO_REUSEADDR;
 * SO_EXCLUSIVEADDRUSE on Windows), and a TCP socket never listens.
 *
 * Throws DlletError `InvalidParameter` for the address, `PlatformNotSupported`, and `BindProbeUnavailable` if the
 * system is out of sockets or memory, so that the probe says nothing about its port.
 */
export function openPortBinder({ protocol, address, platform }: PortBinderOptions): PortBinder {
  const target = socketAddress(address, platform);
  const calls = callsOf(platform);
  const options = socketOptions(calls, target);
  return (port) => {
    target.bytes.writeUInt16BE(port, PORT_OFFSET);
    const socket = calls.socket(target.family, calls.types[protocol], PROTOCOL_NUMBERS[protocol]);
    if (BigInt(socket) === -1n) return aboutThePort(calls.errorName(), 'socket');
    try {
      for (const option of options) enable(calls, socket, option);
      return calls.bind(socket, target.bytes, target.bytes.length) === 0
        ? null
        : aboutThePort(calls.errorName(), 'bind');
    } finally {
      calls.close(socket);
    }
  };
}

/** IPPROTO_TCP and IPPROTO_UDP. */
const PROTOCOL_NUMBERS = { Tcp: 6, Udp: 17 } as const;

/** Errors that report an exhausted system rather than the state of a port. */
const EXHAUSTED: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM']);

/** The int 1: any non-zero value enables, so its byte order does not matter. */
const ENABLED = Buffer.alloc(4);
ENABLED.writeUInt32LE(1);

const opened = new Map<NodeJS.Platform, SocketCalls>();

function callsOf(platform: NodeJS.Platform): SocketCalls {
  const calls = opened.get(platform) ?? openSocketCalls(platform);
  opened.set(platform, calls);
  return calls;
}

function socketOptions(calls: SocketCalls, target: SocketAddress): SocketOption[] {
  return [
    ...(calls.exclusive ? [calls.exclusive] : []),
    ...(target.ipv6 && !target.ipv4Mapped ? [calls.ipv6Only] : []),
  ];
}

function enable(calls: SocketCalls, socket: SocketHandle, { level, name }: SocketOption): void {
  if (calls.setsockopt(socket, level, name, ENABLED, ENABLED.length) !== 0) {
    throw unavailable(calls.errorName(), 'setsockopt');
  }
}

function aboutThePort(code: string, call: string): string {
  if (EXHAUSTED.has(code)) throw unavailable(code, call);
  return code;
}

function unavailable(code: string, call: string): DlletError {
  return new DlletError({
    id: 'BindProbeUnavailable',
    category: 'ResourceUnavailable',
    message: `No port can be tested now: ${call} failed with ${code}.`,
    recommendedAction:
      'Close programs that have many open sockets or files, or raise the limits of this process. Then try again.',
    data: { code, call },
  });
}

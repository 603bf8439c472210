/**
 * The socket functions of the C library (Linux, macOS) or of ws2_32.dll (Windows), called synchronously.
 *
 * Sources: Linux socket(2), ip(7), ipv6(7); Apple's sys/socket.h and netinet6/in6.h; learn.microsoft.com, winsock2.h,
 * "Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE".
 */
import { DlletError } from '../../../definition/errors.js';
import { type Bound, bindTable, ownLibrary } from '../../../native/prototype.js';
import { nativeSystem } from '../../../native/system.js';
import { openSystemLibrary } from '../../../native/system-library.js';
import { POSIX_SOCKETS, WINDOWS_SOCKETS } from './prototypes.js';
import { posixErrorName, winsockErrorName } from './socket-errors.js';

/** A file descriptor, or a SOCKET on Windows. */
export type SocketHandle = number | bigint;

export interface SocketCalls {
  /** SOCK_STREAM and SOCK_DGRAM, with the additional flags of the platform. */
  readonly types: { readonly Tcp: number; readonly Udp: number };
  /** Level and name of IPV6_V6ONLY. */
  readonly ipv6Only: SocketOption;
  /** The option that prevents sharing the port; undefined if that is the default. */
  readonly exclusive: SocketOption | undefined;
  /** Returns -1 on failure. */
  socket(family: number, type: number, protocol: number): SocketHandle;
  /** This and the next two functions return 0 on success. */
  setsockopt(socket: SocketHandle, level: number, name: number, value: Buffer, length: number): number;
  bind(socket: SocketHandle, address: Buffer, length: number): number;
  close(socket: SocketHandle): number;
  /** Returns Node's name for the error of the previous call. */
  errorName(): string;
}

export interface SocketOption {
  readonly level: number;
  readonly name: number;
}

/** The socket functions of a platform. Throws DlletError `PlatformNotSupported` for all but Windows, Linux and macOS. */
export function openSocketCalls(platform: NodeJS.Platform): SocketCalls {
  switch (platform) {
    case 'win32':
      return winsockCalls();
    case 'linux':
      return posixCalls({ name: 26, flags: SOCK_CLOEXEC });
    case 'darwin':
      return posixCalls({ name: 27, flags: 0 });
    default:
      throw unsupported(platform);
  }
}

const IPPROTO_IPV6 = 41;
const SOCK_CLOEXEC = 0o2000000;

function posixCalls(options: { readonly name: number; readonly flags: number }): SocketCalls {
  const calls = bindTable(POSIX_SOCKETS, ownLibrary);
  const system = nativeSystem(process.platform);
  return {
    types: { Tcp: 1 | options.flags, Udp: 2 | options.flags },
    ipv6Only: { level: IPPROTO_IPV6, name: options.name },
    exclusive: undefined,
    socket: calls.socket,
    setsockopt: calls.setsockopt,
    bind: calls.bind,
    close: calls.close,
    errorName: () => posixErrorName(system.lastError()),
  };
}

function winsockCalls(): SocketCalls {
  const system = nativeSystem('win32');
  const calls = bindTable(WINDOWS_SOCKETS, (library) => openSystemLibrary(library, system));
  // Bind now, because finding a function may change the last error.
  const { WSAGetLastError } = calls;
  startWinsock(calls);
  return {
    types: { Tcp: 1, Udp: 2 },
    ipv6Only: { level: IPPROTO_IPV6, name: 27 },
    // SOL_SOCKET, SO_EXCLUSIVEADDRUSE = ~SO_REUSEADDR.
    exclusive: { level: 0xffff, name: ~4 },
    socket: calls.socket,
    setsockopt: calls.setsockopt,
    bind: calls.bind,
    close: calls.closesocket,
    errorName: () => winsockErrorName(WSAGetLastError()),
  };
}

/** Node has already started Winsock; this adds one reference, for the life of the process. */
function startWinsock({ WSAStartup }: Bound<typeof WINDOWS_SOCKETS>): void {
  const code = WSAStartup(VERSION_2_2, Buffer.alloc(WSADATA_BYTES));
  if (code !== 0) throw new Error(`WSAStartup failed with ${winsockErrorName(code)}`);
}

const VERSION_2_2 = 0x0202;
/** WSADATA is 408 bytes on x64 and 400 on x86. */
const WSADATA_BYTES = 512;

function unsupported(platform: string): DlletError {
  return new DlletError({
    id: 'PlatformNotSupported',
    category: 'NotImplemented',
    message: `Ports cannot be tested on this system (${platform}).`,
    recommendedAction: 'Run this on Windows, Linux or macOS.',
    data: { platform },
  });
}

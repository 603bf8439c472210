/**
 * The socket functions of the C library (Linux, macOS) or of ws2_32.dll (Windows), called synchronously.
 *
 * Sources: Linux socket(2), ip(7), ipv6(7); Apple's sys/socket.h and netinet6/in6.h; learn.microsoft.com, winsock2.h,
 * "Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE".
 */
import koffi, { type LibraryHandle } from 'koffi';
import { DlletError } from '../../../definition/errors.js';
import { nativeSystem } from '../../../native/system.js';
import { openSystemLibrary } from '../../../native/system-library.js';
import { posixErrorName, winsockErrorName } from './socket-errors.js';

/** A file descriptor, or a SOCKET of Windows. */
export type SocketHandle = number | bigint;

export interface SocketCalls {
  /** SOCK_STREAM and SOCK_DGRAM, with whatever flags the platform adds. */
  readonly types: { readonly Tcp: number; readonly Udp: number };
  /** Level and name of IPV6_V6ONLY. */
  readonly ipv6Only: SocketOption;
  /** What keeps others from sharing the port and this program from taking theirs; undefined where that is the default. */
  readonly exclusive: SocketOption | undefined;
  /** -1 on failure. */
  socket(family: number, type: number, protocol: number): SocketHandle;
  /** The three that follow: 0 on success. */
  setsockopt(socket: SocketHandle, level: number, name: number, value: Buffer, length: number): number;
  bind(socket: SocketHandle, address: Buffer, length: number): number;
  close(socket: SocketHandle): number;
  /** Node's name of the error of the call before. */
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
  const library = koffi.load(null);
  return {
    types: { Tcp: 1 | options.flags, Udp: 2 | options.flags },
    ipv6Only: { level: IPPROTO_IPV6, name: options.name },
    exclusive: undefined,
    ...bindCalls(library, '__cdecl', 'int', 'close'),
    errorName: () => posixErrorName(koffi.errno()),
  };
}

function winsockCalls(): SocketCalls {
  const system = nativeSystem('win32');
  const library = openSystemLibrary('ws2_32.dll', system);
  startWinsock(library);
  const lastError: () => number = library.func('__stdcall', 'WSAGetLastError', 'int', []);
  return {
    types: { Tcp: 1, Udp: 2 },
    ipv6Only: { level: IPPROTO_IPV6, name: 27 },
    // SOL_SOCKET, SO_EXCLUSIVEADDRUSE = ~SO_REUSEADDR.
    exclusive: { level: 0xffff, name: ~4 },
    ...bindCalls(library, '__stdcall', 'intptr', 'closesocket'),
    errorName: () => winsockErrorName(lastError()),
  };
}

function bindCalls(
  library: LibraryHandle,
  convention: '__cdecl' | '__stdcall',
  handle: 'int' | 'intptr',
  close: string,
): Pick<SocketCalls, 'socket' | 'setsockopt' | 'bind' | 'close'> {
  return {
    socket: library.func(convention, 'socket', handle, ['int', 'int', 'int']),
    setsockopt: library.func(convention, 'setsockopt', 'int', [handle, 'int', 'int', 'void *', 'uint32']),
    bind: library.func(convention, 'bind', 'int', [handle, 'void *', 'uint32']),
    close: library.func(convention, close, 'int', [handle]),
  };
}

/** Node has started Winsock already; this counts one more, for the life of the process. */
function startWinsock(library: LibraryHandle): void {
  const wsaStartup: (version: number, data: Buffer) => number = library.func('__stdcall', 'WSAStartup', 'int', [
    'uint16',
    'void *',
  ]);
  const code = wsaStartup(VERSION_2_2, Buffer.alloc(WSADATA_BYTES));
  if (code !== 0) throw new Error(`WSAStartup failed with ${winsockErrorName(code)}`);
}

const VERSION_2_2 = 0x0202;
/** WSADATA is 408 bytes on x64 and 400 on x86. */
const WSADATA_BYTES = 512;

function unsupported(platform: string): DlletError {
  return new DlletError({
    id: 'PlatformNotSupported',
    category: 'NotImplemented',
    message: `Ports cannot be tried out on this system (${platform}).`,
    recommendedAction: 'Run this on Windows, Linux or macOS.',
    data: { platform },
  });
}

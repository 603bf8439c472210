/**
 * Windows sockets that take their port from a reservation. Each step returns its Winsock code.
 *
 * Source: learn.microsoft.com, winsock2.h; "SIO_ASSOCIATE_PORT_RESERVATION"; mingw-w64, mstcpip.h.
 */

import { bindTable } from '../../../native/prototype.js';
import { nativeSystem } from '../../../native/system.js';
import { openSystemLibrary } from '../../../native/system-library.js';
import { WINDOWS_SOCKETS } from './prototypes.js';
import { PORT_OFFSET, socketAddress } from './socket-address.js';

export interface ReservationSockets {
  /** Creates a socket. Throws an Error with the Winsock code if that fails. */
  open(protocol: 'Tcp' | 'Udp', family: 'IPv4' | 'IPv6'): ReservationSocket;
}

export interface ReservationSocket {
  /** Associates the socket with the reservation of this token. Returns 0, or the Winsock code. */
  associate(token: bigint): number;
  /** Binds to every address; with port 0 the system chooses one. Returns 0, or the Winsock code. */
  bind(port: number): number;
  /** Returns the bound port, in host order. */
  port(): number;
  close(): void;
}

const SIO_ASSOCIATE_PORT_RESERVATION = 0x9800_0066;

/** Works on Windows only. Winsock is already started, by Node. */
export function openReservationSockets(): ReservationSockets {
  const system = nativeSystem('win32');
  const calls = bindTable(WINDOWS_SOCKETS, (library) => openSystemLibrary(library, system));
  // Bind now, because finding a function may change the last error.
  const { WSAGetLastError } = calls;
  const codeOf = (result: number): number => (result === 0 ? 0 : WSAGetLastError());

  return {
    open: (protocol, family) => {
      const address = socketAddress(family === 'IPv4' ? '0.0.0.0' : '::', 'win32');
      const socket = calls.socket(address.family, ...TYPES[protocol]);
      if (BigInt(socket) === -1n) throw new Error(`socket failed with ${WSAGetLastError()}`);
      return {
        associate: (token) => {
          const input = Buffer.alloc(8);
          input.writeBigUInt64LE(token);
          return codeOf(
            calls.WSAIoctl(
              socket,
              SIO_ASSOCIATE_PORT_RESERVATION,
              input,
              input.length,
              null,
              0,
              Buffer.alloc(4),
              null,
              null,
            ),
          );
        },
        bind: (port) => {
          const target = Buffer.from(address.bytes);
          target.writeUInt16BE(port, PORT_OFFSET);
          return codeOf(calls.bind(socket, target, target.length));
        },
        port: () => {
          const name = Buffer.alloc(address.bytes.length);
          const length = Buffer.alloc(4);
          length.writeInt32LE(name.length);
          if (calls.getsockname(socket, name, length) !== 0)
            throw new Error(`getsockname failed with ${WSAGetLastError()}`);
          return name.readUInt16BE(PORT_OFFSET);
        },
        close: () => void calls.closesocket(socket),
      };
    },
  };
}

/** SOCK_STREAM with IPPROTO_TCP, SOCK_DGRAM with IPPROTO_UDP. */
const TYPES = { Tcp: [1, 6], Udp: [2, 17] } as const;

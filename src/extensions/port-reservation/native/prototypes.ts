/** The functions of the operating system that only this extension calls, as in `src/system/prototypes.ts`. */
import type { PrototypeTable } from '../../../native/prototype.js';

const IPHLPAPI = 'iphlpapi.dll';
const WINSOCK = 'ws2_32.dll';
const LIBC = 'c';

export const PORT_TABLES = {
  GetExtendedTcpTable: [IPHLPAPI, 'DWORD (PVOID, PVOID, BOOL, DWORD, LONG, DWORD)', 'code', 'iphlpapi'],
  GetExtendedUdpTable: [IPHLPAPI, 'DWORD (PVOID, PVOID, BOOL, DWORD, LONG, DWORD)', 'code', 'iphlpapi'],
} as const satisfies PrototypeTable;

/** Failures are reported by WSAGetLastError, not by the last error. A socket is a LONG_PTR. */
export const WINDOWS_SOCKETS = {
  WSAStartup: [WINSOCK, 'INT (WORD, PVOID)', 'none', 'winsock'],
  WSAGetLastError: [WINSOCK, 'INT ()', 'none', 'winsock'],
  socket: [WINSOCK, 'LONG_PTR (INT, INT, INT)', 'minusOne', 'winsock2'],
  setsockopt: [WINSOCK, 'INT (LONG_PTR, INT, INT, PVOID, DWORD)', 'minusOne', 'winsock'],
  bind: [WINSOCK, 'INT (LONG_PTR, PVOID, DWORD)', 'minusOne', 'winsock'],
  getsockname: [WINSOCK, 'INT (LONG_PTR, PVOID, PVOID)', 'minusOne', 'winsock'],
  WSAIoctl: [WINSOCK, 'INT (LONG_PTR, DWORD, PVOID, DWORD, PVOID, DWORD, PVOID, PVOID, PVOID)', 'minusOne', 'winsock2'],
  closesocket: [WINSOCK, 'INT (LONG_PTR)', 'minusOne', 'winsock'],
} as const satisfies PrototypeTable;

export const POSIX_SOCKETS = {
  socket: [LIBC, 'cdecl INT (INT, INT, INT)', 'minusOne', 'socket(2)'],
  setsockopt: [LIBC, 'cdecl INT (INT, INT, INT, PVOID, DWORD)', 'minusOne', 'setsockopt(2)'],
  bind: [LIBC, 'cdecl INT (INT, PVOID, DWORD)', 'minusOne', 'bind(2)'],
  close: [LIBC, 'cdecl INT (INT)', 'minusOne', 'close(2)'],
} as const satisfies PrototypeTable;

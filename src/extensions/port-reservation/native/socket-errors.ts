/** Node's names for socket errors. */
import { getSystemErrorName } from 'node:util';

/** The name of an errno of this (POSIX) system: EADDRINUSE, EACCES. */
export function posixErrorName(errno: number): string {
  return getSystemErrorName(-errno);
}

/**
 * Returns Node's name of a Winsock error: 10048 is EADDRINUSE; `WSA` and the number for one without a name here.
 * Source: learn.microsoft.com, "Windows Sockets Error Codes"; libuv, src/win/error.c.
 */
export function winsockErrorName(code: number): string {
  return WINSOCK_NAMES[code] ?? `WSA${code}`;
}

const WINSOCK_NAMES: Readonly<Record<number, string>> = {
  10004: 'EINTR',
  10013: 'EACCES',
  10014: 'EFAULT',
  10022: 'EINVAL',
  10024: 'EMFILE',
  10036: 'EINPROGRESS',
  10038: 'ENOTSOCK',
  10041: 'EPROTOTYPE',
  10042: 'ENOPROTOOPT',
  10043: 'EPROTONOSUPPORT',
  10044: 'ESOCKTNOSUPPORT',
  10045: 'EOPNOTSUPP',
  10047: 'EAFNOSUPPORT',
  10048: 'EADDRINUSE',
  10049: 'EADDRNOTAVAIL',
  10050: 'ENETDOWN',
  10051: 'ENETUNREACH',
  10055: 'ENOBUFS',
};

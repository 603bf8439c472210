/** The meaning of a bind error, and its name on each platform. */

export type BindFailure = 'AddressInUse' | 'AccessDenied' | 'AddressNotAvailable' | 'FamilyNotSupported' | 'Other';

/** Returns the meaning of an error in any spelling: EACCES, WSAEACCES, 10013, WSAEACCES (10013). */
export function bindFailureOf(code: string): BindFailure {
  return MEANINGS[plainName(code.replace(/ \(\d+\)$/, ''))] ?? 'Other';
}

/**
 * Returns the name of an error as documents and programs of the platform write it: `WSAEACCES (10013)` on Windows,
 * `EACCES` elsewhere. Source of the numbers: learn.microsoft.com, "Windows Sockets Error Codes".
 */
export function bindErrorName(code: string, platform: NodeJS.Platform): string {
  const name = plainName(code);
  const number = WINSOCK_NUMBERS[name];
  return platform === 'win32' && number !== undefined ? `WSA${name} (${number})` : code;
}

const MEANINGS: Readonly<Partial<Record<string, BindFailure>>> = {
  EADDRINUSE: 'AddressInUse',
  EACCES: 'AccessDenied',
  EPERM: 'AccessDenied',
  EADDRNOTAVAIL: 'AddressNotAvailable',
  EAFNOSUPPORT: 'FamilyNotSupported',
};

const WINSOCK_NUMBERS: Readonly<Partial<Record<string, number>>> = {
  EACCES: 10_013,
  EFAULT: 10_014,
  EINVAL: 10_022,
  EMFILE: 10_024,
  ENOTSOCK: 10_038,
  EPROTONOSUPPORT: 10_043,
  EOPNOTSUPP: 10_045,
  EAFNOSUPPORT: 10_047,
  EADDRINUSE: 10_048,
  EADDRNOTAVAIL: 10_049,
  ENETDOWN: 10_050,
  ENOBUFS: 10_055,
};

/** Returns `EACCES` for EACCES, WSAEACCES and 10013. */
function plainName(code: string): string {
  const number = /^(?:WSA)?(\d{5})$/.exec(code)?.[1];
  if (number === undefined) return code.replace(/^WSA(?=E)/, '');
  return Object.keys(WINSOCK_NUMBERS).find((name) => WINSOCK_NUMBERS[name] === Number(number)) ?? code;
}

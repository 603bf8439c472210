/** The error of a bind, in the spelling of the system. */
import { describe, expect, it } from 'vitest';
import { bindErrorName, bindFailureOf } from '../../../../src/extensions/port-reservation/verdict/bind-error.js';

describe('the error of a bind', () => {
  it.each([
    ['EACCES', 'WSAEACCES (10013)', 'EACCES', 'AccessDenied'],
    ['WSAEACCES', 'WSAEACCES (10013)', 'WSAEACCES', 'AccessDenied'],
    ['10013', 'WSAEACCES (10013)', '10013', 'AccessDenied'],
    ['EADDRINUSE', 'WSAEADDRINUSE (10048)', 'EADDRINUSE', 'AddressInUse'],
    ['10048', 'WSAEADDRINUSE (10048)', '10048', 'AddressInUse'],
    ['EADDRNOTAVAIL', 'WSAEADDRNOTAVAIL (10049)', 'EADDRNOTAVAIL', 'AddressNotAvailable'],
    ['EAFNOSUPPORT', 'WSAEAFNOSUPPORT (10047)', 'EAFNOSUPPORT', 'FamilyNotSupported'],
    ['EPERM', 'EPERM', 'EPERM', 'AccessDenied'],
    ['WSA10099', 'WSA10099', 'WSA10099', 'Other'],
    ['EMFILE', 'WSAEMFILE (10024)', 'EMFILE', 'Other'],
  ] as const)('%s: %s on Windows, %s elsewhere, %s', (code, onWindows, elsewhere, meaning) => {
    expect(bindErrorName(code, 'win32')).toBe(onWindows);
    expect(bindErrorName(code, 'linux')).toBe(elsewhere);
    expect([code, onWindows].map(bindFailureOf)).toEqual([meaning, meaning]);
  });
});

/** Names by which C programs tell sizes. */

/**
 * True for names that C programs use for a number of bytes or characters: cbSize, nSize, dwLength, destLen,
 * NumberOfBytes.
 */
export function namesSize(name: string): boolean {
  return (
    /^(cb|cch)(?![a-z])/.test(name) ||
    /(^|[a-z0-9_])(Size|Length|Len|Bytes|Capacity)(?![a-z])/.test(name) ||
    /(size|length|len|bytes|capacity)$/i.test(name)
  );
}

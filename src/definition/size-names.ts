/** Recognizes the names that C programs use for sizes and counts. */

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

/** True for names that C programs use for a number of elements: n, count, cElements, nCount, numPorts. */
export function namesCount(name: string): boolean {
  return (
    /^(n|cnt|count|celt|num.*)$/i.test(name) ||
    /^c[A-Z]/.test(name) ||
    /([a-z0-9_]Count|_count|[a-z0-9_]Cnt|_cnt)(?![a-z])/.test(name)
  );
}

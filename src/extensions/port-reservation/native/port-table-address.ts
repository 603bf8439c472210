/** Formats IP addresses from the bytes of the system's tables. */

/** `127.0.0.1`, from four bytes in network order. */
export function ipv4Text(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, 4)).join('.');
}

/**
 * The text required by RFC 5952, from sixteen bytes in network order: lower case, no leading zeros, the longest run of
 * two or more zero groups (the first of equals) as `::`; IPv4-mapped addresses end in dotted decimal (section 5). A
 * scope id other than 0 follows after `%` (RFC 4007, section 11).
 */
export function ipv6Text(bytes: Uint8Array, scopeId = 0): string {
  const scope = scopeId === 0 ? '' : `%${scopeId}`;
  if (isIpv4Mapped(bytes)) return `::ffff:${ipv4Text(bytes.subarray(12))}${scope}`;
  const groups = Array.from({ length: 8 }, (_, index) => ((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0));
  const { start, length } = longestZeroRun(groups);
  const text =
    length < 2 ? hexGroups(groups) : `${hexGroups(groups.slice(0, start))}::${hexGroups(groups.slice(start + length))}`;
  return text + scope;
}

/** Whether sixteen bytes are an address of ::ffff:0:0/96. */
export function isIpv4Mapped(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff;
}

function hexGroups(groups: readonly number[]): string {
  return groups.map((group) => group.toString(16)).join(':');
}

function longestZeroRun(groups: readonly number[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  groups.forEach((group, index) => {
    if (group !== 0) start = index + 1;
    else if (index + 1 - start > best.length) best = { start, length: index + 1 - start };
  });
  return best;
}

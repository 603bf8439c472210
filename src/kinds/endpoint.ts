/** Endpoints behind a pointer (SOCKADDR, struct sockaddr): an IPv4 or IPv6 address and a number of 16 bits. */
import { ENDPOINT, endpointBytes, endpointOf, endpointSize } from './standard/addresses.js';
import { sizedKind } from './standard/sized.js';

export const endpoint = sizedKind('endpoint', {
  ...ENDPOINT,
  pointer: 'LPSOCKADDR',
  description: 'A pointer to an IPv4 or IPv6 endpoint (SOCKADDR), in memory of a number of bytes.',
  sample: '192.0.2.1:80',
  toBytes: endpointBytes,
  read: (pointer, memory, { families }) => memory.bytes(pointer, endpointSize(memory.bytes(pointer, 2), families)),
  fromBytes: (bytes, { families }) => endpointOf(bytes, families),
});

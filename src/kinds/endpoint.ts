/** Endpoints behind a pointer (SOCKADDR, struct sockaddr): an address and a number, of IPv4 or IPv6. */
import { ENDPOINT, endpointBytes, endpointOf } from './standard/addresses.js';
import { sizedKind } from './standard/sized.js';

export const endpoint = sizedKind('endpoint', {
  ...ENDPOINT,
  description: 'An endpoint of IPv4 or IPv6 (SOCKADDR) behind a pointer, in memory of a number of bytes.',
  sample: '192.0.2.1:80',
  toBytes: endpointBytes,
  fromBytes: (bytes, { families }) => endpointOf(bytes, families),
});

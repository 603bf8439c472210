/** The output kind for a bound socket that takes its port from the block whose token the function looked up. */
import type { ErrorDefinition } from '../../definition/types.js';
import type { OutputKind } from '../../outputs/output-kind.js';

/** The output as a definition writes it. */
export interface SocketOutput {
  readonly kind: 'socket';
  readonly transport: 'Udp' | 'Tcp';
  /** The name of the function's output that is the token of the reservation. */
  readonly token: string;
  /** The meaning of Winsock errors for this output. */
  readonly errors?: readonly ErrorDefinition[];
}

declare module '../../definition/types.js' {
  interface CmdletOutputs {
    readonly socket: SocketOutput;
  }
}

export const socketOutput: OutputKind<SocketOutput> = {
  kind: 'socket',
  schema: {
    description: 'a bound socket on a port of a reserved block',
    required: ['transport', 'token'],
    properties: {
      transport: { enum: ['Udp', 'Tcp', '{Protocol}'], description: 'The protocol of the socket.' },
      token: {
        $ref: '#/$defs/identifier',
        description: "The name of the function's output that is the token of the reservation.",
      },
      errors: {
        type: 'array',
        description: 'The messages for errors of Winsock.',
        items: { $ref: '#/$defs/error' },
      },
    },
  },
  over: 'function',
  parameters: [
    {
      name: 'AddressFamily',
      type: 'string',
      description: 'The address family of the socket, IPv4 or IPv6.',
      defaultValue: 'IPv4',
      attributes: [`[ValidateSet('IPv4', 'IPv6')]`],
    },
  ],
  // The socket would stay in the process of the restricted session.
  isForRoles: false,
  isBatched: false,
  trial: 'none',
  suppressions: [{ rule: 'PSUseShouldProcessForStateChangingFunctions', reason: 'Only opens a socket.' }],
  check: ({ token }, { cmdlet, outputs, report }) => {
    if (!outputs.has(token)) report('/token', `${cmdlet.function} has no output '${token}'`);
  },
  returns: () => [{ name: 'System.Net.Sockets.Socket', description: ['The bound socket. Dispose it after use.'] }],
  errors: ({ errors = [] }) => errors,
  writer: 'SocketOutput',
  facts: ({ transport, token, errors = [] }, { inputs: [first = '', count = ''] }) => ({
    kind: 'socket',
    transport,
    token,
    first,
    count,
    errors: errors.map(({ code, id, category, message, recommendedAction }) => ({
      code,
      id,
      category,
      message,
      recommendedAction,
    })),
  }),
};

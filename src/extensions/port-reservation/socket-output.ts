/** The output kind for a bound socket that takes its port from the block whose token the function looked up. */
import type { ErrorDefinition } from '../../definition/types.js';
import type { OutputKind, OutputPlace } from '../../outputs/output-kind.js';

/** The output as a definition writes it. */
export interface SocketOutput {
  readonly kind: 'socket';
  readonly transport: 'Udp' | 'Tcp';
  /** The function's output that is the token of the reservation. */
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
  // The socket would remain in the restricted session's process.
  isForRoles: false,
  isBatched: false,
  trial: 'none',
  suppressions: [{ rule: 'PSUseShouldProcessForStateChangingFunctions', reason: 'Only opens a socket.' }],
  check: checkSocket,
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

const FIELDS: readonly string[] = ['kind', 'transport', 'token', 'errors'];
const TRANSPORTS: readonly unknown[] = ['Udp', 'Tcp', '{Protocol}'];
const ERROR_TEXTS = ['id', 'category', 'message', 'recommendedAction'] as const;

/** The core's definition schema does not cover sockets, so the form is checked here too. */
function checkSocket(output: SocketOutput, { cmdlet, outputs, report }: OutputPlace): void {
  const { transport, token, errors = [] } = output;
  for (const name of Object.keys(output)) if (!FIELDS.includes(name)) report('', `'${name}' is not known here`);
  if (!TRANSPORTS.includes(transport)) report('/transport', `'transport' must be one of ${TRANSPORTS.join(', ')}`);
  if (!outputs.has(token)) report('/token', `${cmdlet.function} has no output '${token}'`);
  errors.forEach((error: Partial<ErrorDefinition>, index) => {
    if (!Number.isInteger(error.code)) report(`/errors/${index}`, "'code' must be a whole number");
    for (const name of ERROR_TEXTS) {
      if (typeof error[name] !== 'string') report(`/errors/${index}`, `'${name}' must be a text`);
    }
  });
}

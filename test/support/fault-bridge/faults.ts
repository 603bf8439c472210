/** Every fault of a bridge, and what its caller must see of it. */
import { closeSync, writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** A request that has arrived and is not executed yet. */
export interface Arrival {
  readonly id: number;
  /** 0 to 1. */
  readonly chance: number;
  /** Executes the request and returns the line of its reply, with its line feed. */
  answer(): Promise<string>;
}

export type Inject = (arrival: Arrival) => void | Promise<void>;

export interface Fault {
  /** Undefined if the test causes the fault from outside. */
  readonly inject?: Inject;
  /** The error of the call; undefined if the fault must not be visible. */
  readonly id?: ErrorId;
  /** True if the function was executed. */
  readonly isDone: boolean;
  /** True if it happens during the handshake, which requires a new bridge. */
  readonly greets?: true;
  /** True if the process exits by itself. The test waits for it, so that the next call detects it. */
  readonly ends?: true;
  /** True if the call after this one cannot be sent. It goes to a new bridge, once. */
  readonly deafens?: true;
  /** The approximate duration. Slow faults are chosen less often. */
  readonly seconds?: number;
  /** The only commands with which it can be tried. */
  readonly verbs?: readonly Verb[];
  /** True if it happens at any time during a pipeline: either the error occurs, or everything was finished before. */
  readonly isSometime?: true;
  /** What the message must contain. */
  readonly words?: string | RegExp;
}

export type Verb = 'Get' | 'Test' | 'New' | 'Remove';

export type ErrorId = 'BridgeExited' | 'BridgeTimeout' | 'BridgeProtocolError';

export const FAULTS: Readonly<Record<string, Fault>> = {
  // Killed
  'killed before the call': { isDone: true },
  'killed on arrival': { inject: die, id: 'BridgeExited', isDone: false, words: 'exit status 137' },
  'killed when it is done': { inject: (call) => call.answer().then(die), id: 'BridgeExited', isDone: true },
  'killed in its reply': {
    inject: async (call) => {
      send(part(await call.answer(), call.chance));
      die();
    },
    id: 'BridgeExited',
    isDone: true,
    words: 'exit status 137',
  },
  'killed after its reply': { inject: (call) => call.answer().then(send).then(die), isDone: true, ends: true },
  'killed some time after its reply': {
    inject: async (call) => {
      send(await call.answer());
      setTimeout(die, 4 * call.chance);
    },
    id: 'BridgeExited',
    isDone: true,
    ends: true,
    isSometime: true,
    // An interrupted change would leave the lock of the state, which takes seconds to become stale.
    verbs: ['Get', 'Test'],
  },
  'killed in the handshake': { inject: die, id: 'BridgeExited', isDone: false, greets: true },

  // Exits by itself
  'exits with status and words': {
    inject: () => {
      writeSync(2, 'first words\nlast words\n');
      process.exit(7);
    },
    id: 'BridgeExited',
    isDone: false,
    words: /exit status 7\. It said: [\s\S]*first words\nlast words$/,
  },
  'exits without a word': { inject: () => process.exit(0), id: 'BridgeExited', isDone: false, words: 'status 0.' },
  'exits when it is done': {
    inject: (call) => call.answer().then(() => process.exit(1)),
    id: 'BridgeExited',
    isDone: true,
    words: 'status 1.',
  },
  'exits in its reply': {
    inject: async (call) => {
      send(part(await call.answer(), call.chance));
      process.exit(3);
    },
    id: 'BridgeExited',
    isDone: true,
    words: 'status 3.',
  },
  'exits after its reply': {
    inject: async (call) => {
      send(await call.answer());
      process.exit(3);
    },
    isDone: true,
    ends: true,
  },

  // Invalid replies
  'garbage: words': says(() => 'Hello, what is your name?\n'),
  'garbage: an empty line': says(() => '\n'),
  'garbage: bytes': says(() => Buffer.from([0xff, 0xfe, 0x00, 0x1b, 0x5b, 0x0d, 0x0a])),
  'garbage: JSON of another kind': says(() => '{"hello":"you"}\n'),
  'garbage: an array': says(({ id }) => `[{"jsonrpc":"2.0","id":${id},"result":{}}]\n`),
  'garbage: null for a result': says(({ id }) => `${replyText(id, 'null')}\n`),
  'garbage: a refusal': says(({ id }) => `{"jsonrpc":"2.0","id":${id},"error":{"code":-32601,"message":"no"}}\n`),
  'truncated, then a line feed': {
    inject: async (call) => send(`${part(await call.answer(), call.chance)}\n`),
    id: 'BridgeProtocolError',
    isDone: true,
  },
  'oversized: words': says(() => `${'lorem ipsum '.repeat(700_000)}\n`),
  'oversized: in a reply': says(({ id }) => `${replyText(id, `"${'x'.repeat(1 << 23)}"`)}\n`),
  'oversized: a number': {
    ...says(({ id }) => `${replyText(id, `{"columns":{"Token":["${'7'.repeat(1 << 22)}"]},"errors":[]}`)}\n`),
    // A command without outputs cannot distinguish it from success.
    verbs: ['Get', 'New'],
  },
  'wrong id: of a request to come': sends((line, { id }) => line.replace(`"id":${id}`, `"id":${id + 1}`)),
  'wrong id: a text': sends((line, { id }) => line.replace(`"id":${id}`, `"id":"${id}"`)),
  'wrong id: null': sends((line, { id }) => line.replace(`"id":${id}`, '"id":null')),
  'other version in the handshake': greets((line) => line.replace(/"version":"[^"]*"/, '"version":"0.0.1"')),
  'other definition in the handshake': greets((line) => line.replace(/"definition":"[^"]*"/, '"definition":"Other"')),
  'garbage in the handshake': greets(() => 'Welcome to Node.js.\n'),

  // Faults that must not be visible
  'duplicate reply': invisible((line) => send(line + line)),
  'reply of an earlier call first': invisible((line, { id }) =>
    send(`${replyText(id - 1, '{"columns":{}}')}\n${line}`),
  ),
  'reply in pieces': invisible(async (line, { chance }) => {
    const head = part(line, chance);
    send(head);
    await delay(20 * chance);
    send(line.slice(head.length));
  }),
  'noise on stderr': invisible((line) => {
    writeSync(2, 'noise '.repeat(50_000));
    send(line);
  }),

  // Silence
  hangs: { inject: () => {}, id: 'BridgeTimeout', isDone: false, seconds: 1 },
  'hangs when it is done': {
    inject: (call) => call.answer().then(() => {}),
    id: 'BridgeTimeout',
    isDone: true,
    seconds: 1,
  },
  'ignores its input from now on': {
    inject: () => void process.stdin.pause(),
    id: 'BridgeTimeout',
    isDone: false,
    seconds: 1,
  },
  'hangs in its reply': {
    inject: async (call) => send(part(await call.answer(), call.chance)),
    id: 'BridgeTimeout',
    isDone: true,
    seconds: 1,
  },
  'reply of an earlier call only': {
    inject: ({ id }) => send(`${replyText(id - 1, '{"columns":{}}')}\n`),
    id: 'BridgeTimeout',
    isDone: false,
    seconds: 1,
  },
  'hangs in the handshake': { inject: () => {}, id: 'BridgeTimeout', isDone: false, greets: true, seconds: 8 },
  'closes its input': { ...invisible(deafen), deafens: true },
  'closes its input in the handshake': {
    inject: async (call) => deafen(await call.answer()),
    id: 'BridgeExited',
    isDone: false,
    greets: true,
    seconds: 3,
    verbs: ['New', 'Remove'],
  },
  // A lookup is sent together with the greeting, so the program has already received it.
  'closes its input after a lookup that came with the handshake': {
    ...invisible(deafen),
    greets: true,
    deafens: true,
    verbs: ['Get', 'Test'],
  },
  'closes its output': { inject: () => closeSync(1), id: 'BridgeExited', isDone: false, seconds: 3 },
};

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

async function deafen(line: string): Promise<void> {
  await new Promise((resolve) => process.stdin.once('close', resolve).destroy());
  // Node never closes this descriptor itself.
  closeSync(0);
  send(line);
}

/** Blocks until the caller has received it, so that the process may exit right afterwards. */
export function send(text: string | Buffer): void {
  let rest = Buffer.from(text as string);
  while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
}

/** Returns the beginning of a line: at least one character, but not the whole line. */
function part(line: string, chance: number): string {
  return line.slice(0, 1 + Math.floor(chance * (line.length - 3)));
}

function replyText(id: number, result: string): string {
  return `{"jsonrpc":"2.0","id":${id},"result":${result}}`;
}

/** Writes this instead of a reply, and does not execute the request. */
function says(text: (arrival: Arrival) => string | Buffer): Fault {
  return { inject: (arrival) => send(text(arrival)), id: 'BridgeProtocolError', isDone: false };
}

/** Executes the request and changes the reply. */
function sends(change: (line: string, arrival: Arrival) => string): Fault {
  return {
    inject: async (arrival) => send(change(await arrival.answer(), arrival)),
    id: 'BridgeProtocolError',
    isDone: true,
  };
}

/** Changes the reply to the handshake. The call itself is never sent. */
function greets(change: (line: string, arrival: Arrival) => string): Fault {
  return { ...sends(change), isDone: false, greets: true };
}

function invisible(reply: (line: string, arrival: Arrival) => void | Promise<void>): Fault {
  return { inject: async (arrival) => reply(await arrival.answer(), arrival), isDone: true };
}

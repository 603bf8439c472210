/** The resident bridge without its process: chunks in, lines of protocol out. */
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBridge } from '../../src/bridge/bridge.js';
import { LINE_LIMIT, lineLimitOf, replyLimitOf } from '../../src/bridge/limits.js';
import type { Json } from '../../src/bridge/messages.js';
import { createServer } from '../../src/bridge/server.js';
import type { Definition } from '../../src/definition/types.js';
import { fakeBackend } from '../support/backends.js';
import { sampleDefinition } from '../support/definitions.js';

interface Reply {
  readonly id: Json;
  readonly result?: Json;
  readonly error?: { readonly code: number; readonly message: string };
}

/** A server whose method Echo gives its parameters back at once, and Later after so many milliseconds. */
function serving({ lineLimit, trace = false }: { lineLimit?: number; trace?: boolean } = {}) {
  const sent: string[] = [];
  const traced: string[] = [];
  const started: Json[] = [];
  const bridge = createBridge({
    definition: sampleDefinition(),
    backend: fakeBackend(),
    methods: {
      Echo: (params) => {
        started.push(params ?? null);
        return { result: params ?? null };
      },
      Later: async (params) => {
        started.push(params ?? null);
        await delay(Number((params as { readonly ms: number }).ms));
        return { result: params ?? null };
      },
    },
  });
  const server = createServer({
    bridge,
    send: (line) => void sent.push(line),
    trace: trace ? (text) => void traced.push(text) : undefined,
    ...(lineLimit === undefined ? {} : { lineLimit }),
  });
  return {
    server,
    sent,
    traced,
    started,
    /** Sends bytes, ends the input and gives what was answered. */
    async ask(...chunks: (string | Buffer)[]): Promise<(Reply | Reply[])[]> {
      for (const chunk of chunks) server.receive(Buffer.from(chunk as string));
      await server.end();
      return sent.map((line) => {
        expect(line).toMatch(/^[ -~]+\n$/);
        return JSON.parse(line);
      });
    },
  };
}

const echo = (id: Json, params: Json = {}) => ({ jsonrpc: '2.0', id, method: 'Echo', params });
const later = (id: Json, ms: number) => ({ jsonrpc: '2.0', id, method: 'Later', params: { ms } });
const notification = { jsonrpc: '2.0', method: 'Echo', params: { silent: true } };
const line = (message: Json) => `${JSON.stringify(message)}\n`;
const ok = (id: Json, result: Json = {}) => ({ jsonrpc: '2.0', id, result });
const failed = (id: Json, code: number) => ({ id, error: { code } });

describe('lines', () => {
  it.each<[string, readonly (string | Buffer)[], readonly object[]]>([
    ['one request', [line(echo(1))], [ok(1)]],
    ['two in one chunk', [line(echo(1)) + line(echo(2))], [ok(1), ok(2)]],
    ['CRLF', [`${JSON.stringify(echo(1))}\r\n${JSON.stringify(echo(2))}\r\n`], [ok(1), ok(2)]],
    ['a byte order mark', [`\ufeff${line(echo(1))}`], [ok(1)]],
    ['a byte order mark alone', ['\ufeff\n', line(echo(1))], [ok(1)]],
    ['empty lines and blanks', [`\n\r\n  \t\n${line(echo(1))}\n`], [ok(1)]],
    ['white space around', [`  ${JSON.stringify(echo(1))} \t\n`], [ok(1)]],
    ['no line feed at the end', [JSON.stringify(echo(1))], [ok(1)]],
    ['nothing', [], []],
  ])('%s', async (_name, chunks, wanted) => {
    expect(await serving().ask(...chunks)).toEqual(wanted);
  });

  it('are put together byte by byte, in the middle of a character too', async () => {
    const params = { text: 'gr\u00fc\u00df \u{1f600}' };
    const bytes = Buffer.from(line(echo(1, params)) + line(echo(2)));
    expect(await serving().ask(...[...bytes].map((byte) => Buffer.from([byte])))).toEqual([ok(1, params), ok(2)]);
  });

  it('give the same answers however they are cut into chunks', async () => {
    const messages: Json[] = [echo('\u{1f600}'), notification, [echo(1), 7], [], 'no request', echo(2, { a: '\n' })];
    const bytes = Buffer.from(`\ufeff${messages.map(line).join('\r\n')}{broken\n${line(echo(3))}`);
    const wanted = await serving().ask(bytes);
    expect(wanted).toHaveLength(7);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 9 }), async (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const chunks = places.slice(1).map((place, index) => bytes.subarray(places[index], place));
        expect(await serving().ask(...chunks)).toEqual(wanted);
      }),
    );
  });
});

describe('batches', () => {
  it('are answered by one array, in the order of the requests', async () => {
    expect(await serving().ask(line([echo(1), echo('b'), echo(null)]))).toEqual([[ok(1), ok('b'), ok(null)]]);
  });

  it('that are empty are one invalid request', async () => {
    expect(await serving().ask(line([]))).toMatchObject([failed(null, -32600)]);
  });

  it('of notifications have no answer, but are carried out', async () => {
    const bench = serving();
    expect(await bench.ask(line([notification, notification]), line(notification))).toEqual([]);
    expect(bench.started).toHaveLength(3);
  });

  it('answer an invalid message in its place, and leave notifications out', async () => {
    const batch = [echo(1), 7, notification, [], { jsonrpc: '2.0', id: 5 }, { ...echo(6), method: 'No' }, echo(8)];
    expect(await serving().ask(line(batch))).toMatchObject([
      [ok(1), failed(null, -32600), failed(null, -32600), failed(5, -32600), failed(6, -32601), ok(8)],
    ]);
  });

  it('with one wrong message are still arrays', async () => {
    expect(await serving().ask(line([1]))).toMatchObject([[failed(null, -32600)]]);
  });
});

describe('what cannot be read', () => {
  it.each<[string, string | Buffer]>([
    ['no JSON', 'hello'],
    ['half of it', '{"jsonrpc":"2.0"'],
    ['two values', '{} {}'],
    ['bytes that are no UTF-8', Buffer.from([0xff, 0xfe, 0x00])],
    ['an unquoted NaN', '{"id":NaN}'],
  ])('%s: one parse error, and the next line still works', async (_name, text) => {
    const chunk = Buffer.concat([Buffer.from(text as string), Buffer.from(`\n${line(echo(2))}`)]);
    expect(await serving().ask(chunk)).toMatchObject([failed(null, -32700), ok(2)]);
  });

  it('a line beyond the limit is refused once, and the next one works', async () => {
    const long = line(echo(1, { text: 'x'.repeat(300) }));
    const cut = [long.slice(0, 150), long.slice(150, 290), long.slice(290)];
    for (const chunks of [[long], cut]) {
      const replies = await serving({ lineLimit: 200 }).ask(...chunks, line(echo(2)));
      expect(replies).toMatchObject([
        { id: null, error: { code: -32600, message: 'the line is longer than 200 bytes and was not read' } },
        ok(2),
      ]);
    }
  });

  it('is longer where memory of any size is, and for replies', () => {
    const memory = { name: 'data', type: { bytes: { parameter: 'size' } }, direction: 'in' };
    const definitionOf = (...parameters: unknown[]) => ({ functions: { f: { parameters } } }) as unknown as Definition;
    expect(lineLimitOf(definitionOf({ name: 'size', type: 'ULONG' }))).toBe(LINE_LIMIT);
    const long = lineLimitOf(definitionOf(memory));
    // 64 MiB in base64.
    expect(long).toBeGreaterThan((64 * 1024 * 1024 * 4) / 3 + 1000);
    expect(replyLimitOf(long)).toBe(long);
    expect(replyLimitOf(LINE_LIMIT)).toBeGreaterThan(LINE_LIMIT);
  });

  it('a reply beyond the limit is an error in its place', async () => {
    const text = '\u00e4'.repeat(3 * 1024 * 1024);
    // Each becomes six characters of ASCII, and the whole is given back twice.
    const params = { all: [text, text] };
    const { server, sent } = serving({ lineLimit: 20 * 1024 * 1024 });
    server.receive(Buffer.from(line(echo(7, params))));
    server.receive(Buffer.from(line(echo(8))));
    await server.end();
    expect(sent.map((one) => JSON.parse(one))).toMatchObject([
      { id: 7, error: { code: -32000, data: { id: 'OutputTooLarge', maximum: 32 * 1024 * 1024 } } },
      ok(8),
    ]);
  });

  it('the limit of a real line is 4 MiB', async () => {
    const fits = line(echo(1, { text: 'x'.repeat(4 * 1024 * 1024 - 100) }));
    const passes = line(echo(2, { text: 'x'.repeat(4 * 1024 * 1024) }));
    const [first, second, third] = (await serving().ask(fits, passes, line(echo(3)))) as Reply[];
    expect(first?.id).toBe(1);
    expect(second).toMatchObject(failed(null, -32600));
    expect(third).toEqual(ok(3));
  });
});

describe('order', () => {
  it('what waits holds up nobody: later requests that answer at once are answered first', async () => {
    const bench = serving();
    const replies = (await bench.ask(line(later(1, 60)) + line(later(2, 15)) + line(echo(3)))) as Reply[];
    expect(replies.map(({ id }) => id)).toEqual([3, 2, 1]);
    expect(bench.started).toEqual([{ ms: 60 }, { ms: 15 }, {}]);
  });

  it('a batch waits for all of its requests, and others pass it', async () => {
    const replies = await serving().ask(line([later(1, 40), echo(2), later(3, 10)]), line(echo(4)));
    expect(replies.map((reply) => (Array.isArray(reply) ? reply.map(({ id }) => id) : reply.id))).toEqual([
      4,
      [1, 2, 3],
    ]);
  });

  it('the end of the input answers everything that is pending, and a last line too', async () => {
    const { server, sent } = serving();
    server.receive(Buffer.from(line(later(1, 30)) + line([later(2, 20)]) + JSON.stringify(later(3, 10))));
    expect(sent).toEqual([]);
    const ended = server.end();
    expect(sent).toEqual([]);
    await ended;
    expect(sent).toHaveLength(3);
  });

  it('a notification that waits has no answer, but the end waits for it', async () => {
    const { server, sent, started } = serving();
    const { id: _id, ...silent } = later(1, 30);
    server.receive(Buffer.from(line(silent)));
    const before = performance.now();
    await server.end();
    expect(performance.now() - before).toBeGreaterThan(20);
    expect({ sent, started }).toEqual({ sent: [], started: [{ ms: 30 }] });
  });
});

describe('the wire', () => {
  it('is ASCII, whatever the text', async () => {
    const params = { text: '\u0000\u007f\u0080\u2028\ufeff\u{1f600}\ud800' };
    expect(await serving().ask(Buffer.from(`${JSON.stringify(echo('\u00fc', params))}\n`))).toEqual([
      ok('\u00fc', params),
    ]);
  });

  it('is traced when asked for: what came and what went', async () => {
    const bench = serving({ trace: true });
    await bench.ask(line(echo(1)), line(notification), '{\n');
    expect(bench.traced).toEqual([
      `<- ${JSON.stringify(echo(1))}`,
      `-> ${JSON.stringify(ok(1))}`,
      `<- ${JSON.stringify(notification)}`,
      '<- {',
      expect.stringMatching(/^-> .*-32700/),
    ]);
  });
});

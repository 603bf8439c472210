import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { readStdin } from '../../src/cli/dsc-stdin.js';

const limits = { milliseconds: 50, bytes: 10 };

it('reads what comes in pieces, also in the middle of a character, and without a byte order mark', async () => {
  const stream = new PassThrough();
  const text = readStdin(stream, { ...limits, milliseconds: 10_000 });
  for (const piece of [[0xef, 0xbb, 0xbf, 0x61], [0xc3], [0xa9]]) stream.write(Buffer.from(piece));
  stream.end();
  expect(await text).toBe('a\u00e9');
});

it.each<[string, (stream: PassThrough) => void, RegExp]>([
  ['one that does not end', (stream) => void stream.write('{'), /did not end within 0.05 seconds/],
  ['one that is too long', (stream) => void stream.write('0123456789a'), /longer than 10 bytes/],
  ['a terminal', (stream) => void Object.assign(stream, { isTTY: true }), /is a terminal/],
  ['bytes that are no UTF-8', (stream) => void stream.end(Buffer.from([0xff])), /not UTF-8/],
  ['one that breaks', (stream) => void stream.destroy(new Error('gone')), /cannot be read: gone/],
])('refuses %s', async (_name, prepare, message) => {
  const stream = new PassThrough();
  const read = Promise.resolve().then(() => readStdin(stream, limits));
  queueMicrotask(() => queueMicrotask(() => prepare(stream)));
  if (_name === 'a terminal') prepare(stream);
  await expect(read).rejects.toMatchObject({ exitCode: 3, message: expect.stringMatching(message) });
});

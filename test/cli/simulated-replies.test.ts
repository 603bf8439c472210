/** `dllet call` on the replies of a definition. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { dllet } from '../support/cli.js';
import { temporaryDirectory } from '../support/directories.js';
import { ZLIB } from '../support/short-form.js';

it('answers with the reply that fits, and says which one is missing', async () => {
  const file = path.join(temporaryDirectory(), 'zlib.json');
  const simulation = { compressBound: [{ given: { sourceLen: '100' }, outputs: { Value: '5' } }] };
  writeFileSync(file, JSON.stringify({ ...ZLIB, simulation }));
  const call = async (json: string) => {
    const { status, stdout } = await dllet(['call', file, 'compressBound', json, '--backend', 'simulated']);
    return { status, reply: JSON.parse(stdout) };
  };
  expect(await call('{"sourceLen":100}')).toMatchObject({ status: 0, reply: { result: { Value: '5' } } });
  expect(await call('{"sourceLen":7}')).toMatchObject({
    status: 1,
    reply: { error: { data: { id: 'ReplyNotFound' } } },
  });
});

import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { guard, type Undoing } from '../../../../src/extensions/port-reservation/verification/guard.js';

const block = (start: number): Undoing => ({ kind: 'delete', pool: 'udp', start, count: 20 });

function lines(...messages: readonly (readonly ['add' | 'drop', Undoing])[]): Readable {
  return Readable.from(messages.map(([verb, what]) => `${JSON.stringify({ verb, what })}\n`));
}

describe('the guard', () => {
  it('undoes at the end of its input what was not dropped, the last first', async () => {
    const undone: Undoing[] = [];
    const input = lines(['add', block(1)], ['add', block(2)], ['add', block(3)], ['drop', block(2)]);
    await guard(input, async (what) => void undone.push(what));
    expect(undone).toEqual([block(3), block(1)]);
  });

  it('undoes nothing when all was dropped, and what came back afterwards', async () => {
    const undone: Undoing[] = [];
    await guard(lines(['add', block(1)], ['drop', block(1)]), async (what) => void undone.push(what));
    expect(undone).toEqual([]);
    await guard(
      lines(['add', block(1)], ['drop', block(1)], ['add', block(1)]),
      async (what) => void undone.push(what),
    );
    expect(undone).toEqual([block(1)]);
  });

  it('goes on when one thing cannot be undone', async () => {
    const undone: Undoing[] = [];
    await guard(lines(['add', block(1)], ['add', block(2)]), async (what) => {
      undone.push(what);
      throw new Error('no');
    });
    expect(undone).toEqual([block(2), block(1)]);
  });
});

import { beforeEach, expect, test } from 'vitest';
import { createWakefulness, type Wakefulness } from '../../src/bridge/wakefulness.js';

let clock = 0;
let waiting: (() => void)[] = [];
let wakefulness: Wakefulness;

beforeEach(() => {
  clock = 1000;
  waiting = [];
  wakefulness = createWakefulness({ now: () => clock, nextTurn: (turn) => waiting.push(turn), processors: 2 });
});

function answerAfter(milliseconds: number): void {
  clock += milliseconds;
  wakefulness.answered();
}

/** How many turns of the event loop go by without waiting, when each takes this time. */
function turnsOf(milliseconds: number): number {
  let turns = 0;
  for (let turn = waiting.shift(); turn !== undefined; turn = waiting.shift()) {
    clock += milliseconds;
    turn();
    turns += 1;
  }
  return turns;
}

test('a call alone keeps nothing awake', () => {
  answerAfter(0);
  answerAfter(0.6);
  answerAfter(20);
  expect(waiting).toEqual([]);
});

test('a second call at once keeps the program awake for half a millisecond', () => {
  answerAfter(0);
  answerAfter(0.1);
  expect(turnsOf(0.125)).toBe(4);
  expect(waiting).toEqual([]);
});

test('a run of calls needs one turn at a time, and ends with the last of them', () => {
  answerAfter(0);
  for (let call = 0; call < 10; call += 1) {
    answerAfter(0.2);
    expect(waiting).toHaveLength(1);
  }
  expect(turnsOf(1)).toBe(1);
  answerAfter(0.5);
  expect(waiting).toEqual([]);
});

test('a computer with one processor sleeps', () => {
  wakefulness = createWakefulness({ now: () => clock, nextTurn: (turn) => waiting.push(turn), processors: 1 });
  answerAfter(0);
  answerAfter(0.1);
  expect(waiting).toEqual([]);
});

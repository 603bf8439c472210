/** The texts of the client's own errors and checks: src/client/texts.json, from which its C# takes them by name. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './support/cli.js';

type Text = Readonly<Record<string, string>>;

const FOLDER = path.join(ROOT, 'src/client');
const texts = JSON.parse(readFileSync(path.join(FOLDER, 'texts.json'), 'utf8')) as Record<
  'errors' | 'checks',
  Record<string, Text>
>;
const code = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.cs'))
  .map((file) => readFileSync(path.join(FOLDER, file), 'utf8'))
  .join('\n');

/** The first arguments of calls, and both where one of two is chosen. */
function namesGivenTo(calls: string): string[] {
  const call = new RegExp(String.raw`(?:${calls})\((?:[\w.]+(?: is null)? \? )?"([^"]+)"(?: : "([^"]+)")?`, 'g');
  const names = [...code.matchAll(call)].flatMap(([, one, other]) => [one, other]);
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}

const placeholdersIn = (text: Text) =>
  Object.values(text).flatMap((one) => [...one.matchAll(/\{([A-Za-z][A-Za-z0-9]*)\}/g)].map(([, name]) => name));

describe('the texts of the client', () => {
  it('are those that it names, each of them', () => {
    expect(namesGivenTo('Failure|RecordOf|Wrong|Damaged.* => new')).toEqual(Object.keys(texts.errors).sort());
    expect(namesGivenTo('Add|Row')).toEqual(Object.keys(texts.checks).sort());
  });

  it('have no placeholder that it never fills', () => {
    const all = [...Object.values(texts.errors), ...Object.values(texts.checks)].flatMap(placeholdersIn);
    expect(new Set(all).size).toBeGreaterThan(20);
    expect([...new Set(all)].filter((name) => !code.includes(`("${name}", `))).toEqual([]);
  });

  it('are whole', () => {
    for (const error of Object.values(texts.errors))
      expect(Object.keys(error)).toEqual(['id', 'category', 'message', 'recommendedAction']);
    for (const { good, problem, cure } of Object.values(texts.checks)) {
      expect(good ?? problem).toBeDefined();
      expect(typeof problem).toBe(typeof cure);
    }
  });
});

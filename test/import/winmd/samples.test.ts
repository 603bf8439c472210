import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openWinmd } from '../../../src/winmd/open-winmd.js';
import { ROOT } from '../../support/cli.js';
import { factsOf } from '../../support/winmd-facts.js';

const SAMPLES = path.join(ROOT, '..', 'shared', 'data', 'winmd');

describe.skipIf(!existsSync(SAMPLES))('the sample files (../shared/data/winmd)', () => {
  const files = existsSync(SAMPLES) ? readdirSync(SAMPLES).filter((file) => file.endsWith('.winmd')) : [];

  it('are four', () => {
    expect(files).toHaveLength(4);
  });

  it.each(files)('%s has what .NET reads in it', (file) => {
    const expected = readFileSync(path.join(SAMPLES, file.replace(/winmd$/, 'expected.json')), 'utf8');
    const winmd = openWinmd(path.join(SAMPLES, file));
    const facts = factsOf(winmd);
    winmd.close();
    expect(facts).toEqual(JSON.parse(expected));
  });
});

import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { buildWindowsStandIn, canBuildWindowsStandIn } from '../standin/build.js';
import { ANY_DLL } from './support.js';

describe.runIf(canBuildWindowsStandIn())('the stand-in as a Windows DLL', () => {
  it('exports every function of both definitions under its plain name', async () => {
    const table = execFileSync('x86_64-w64-mingw32-objdump', ['-p', buildWindowsStandIn()], { encoding: 'utf8' });
    const exported = new Set(
      [...table.matchAll(/^\t\[\s*\d+\]\s+(?:\+base\[\s*\d+\]\s+\w+\s+)?(\w+)$/gm)].map((row) => row[1]),
    );
    const names = [];
    for (const name of ['PersistentPortReservation', ANY_DLL])
      names.push(...Object.keys((await loadDefinition(name)).functions));
    expect(names.filter((name) => !exported.has(name))).toEqual([]);
  });
});

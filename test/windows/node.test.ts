/**
 * Runs the contract and the native tests of this repository in the real node.exe, in both supported major versions at
 * the same time.
 */
import { NATIVE, registerInside, runInside, STATEFUL } from './suites.js';

const runs = [
  { major: 20, sources: NATIVE },
  { major: 22, sources: [...NATIVE, ...STATEFUL] },
] as const;

const results = await Promise.all(runs.map(({ major, sources }) => runInside(major, sources)));
runs.forEach(({ major, sources }, index) => {
  const found = results[index];
  if (found) registerInside(major, sources, found);
});

/** A program that takes the place of a module's own for a while: it writes down what it was started with, and ends. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface StartFacts {
  readonly environment: Readonly<Record<string, string>>;
  readonly arguments: readonly string[];
  readonly directory: string;
  /** Windows: what GetConsoleWindow and IsWindowVisible say. */
  readonly hasVisibleConsole: boolean | null;
}

const DUMP = `const path = require('node:path');
let hasVisibleConsole = null;
if (process.platform === 'win32') {
  const koffi = require('koffi');
  const window = koffi.load('kernel32.dll').func('__stdcall', 'GetConsoleWindow', 'uintptr', [])();
  hasVisibleConsole = window !== 0 && koffi.load('user32.dll').func('__stdcall', 'IsWindowVisible', 'int', ['uintptr'])(window) !== 0;
}
const facts = { environment: process.env, arguments: process.argv.slice(2), directory: process.cwd(), hasVisibleConsole };
require('node:fs').writeFileSync(path.join(__dirname, 'facts.json'), JSON.stringify(facts));
`;

/** Runs an action while the dump is the program of the module in this folder; what the last start of it wrote down. */
export async function startFacts(moduleDirectory: string, action: () => Promise<unknown>): Promise<StartFacts> {
  const program = path.join(moduleDirectory, 'bin', 'dllet.cjs');
  const facts = path.join(moduleDirectory, 'bin', 'facts.json');
  renameSync(program, `${program}.kept`);
  try {
    writeFileSync(program, DUMP);
    await action();
    if (!existsSync(facts)) throw new Error('the program was not started');
    return JSON.parse(readFileSync(facts, 'utf8')) as StartFacts;
  } finally {
    rmSync(facts, { force: true });
    renameSync(`${program}.kept`, program);
  }
}

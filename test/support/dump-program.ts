/** A program that temporarily replaces a module's own: it records how it was started, and exits. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export interface StartFacts {
  readonly environment: Readonly<Record<string, string>>;
  readonly arguments: readonly string[];
  readonly directory: string;
  /** On Windows: the number of programs in its console (0: it has none), and whether the console has a window. */
  readonly console: { readonly programs: number; readonly hasWindow: boolean } | null;
}

const DUMP = `const path = require('node:path');
let console = null;
if (process.platform === 'win32') {
  const koffi = require(${JSON.stringify(koffiPath())});
  const kernel = koffi.load('kernel32.dll');
  const window = kernel.func('__stdcall', 'GetConsoleWindow', 'uintptr', [])();
  const programs = kernel.func('__stdcall', 'GetConsoleProcessList', 'uint32', ['void *', 'uint32'])(Buffer.alloc(40), 10);
  const isVisible = koffi.load('user32.dll').func('__stdcall', 'IsWindowVisible', 'int', ['uintptr']);
  console = { programs, hasWindow: window !== 0 && isVisible(window) !== 0 };
}
const facts = { environment: process.env, arguments: process.argv.slice(2), directory: process.cwd(), console };
require('node:fs').writeFileSync(path.join(__dirname, 'facts.json'), JSON.stringify(facts));
`;

/**
 * Provides koffi for Windows, because a module contains only its addons. In Wine, this system's files are on drive Z.
 */
function koffiPath(): string {
  const folder = process.platform === 'win32' ? 'node_modules/koffi' : 'build/windows/node_modules/koffi';
  const file = fileURLToPath(new URL(`../../${folder}`, import.meta.url));
  return process.platform === 'win32' ? file : `Z:${file}`;
}

/** Runs an action while the dump is the program of the module in this folder. Returns the record of its last start. */
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

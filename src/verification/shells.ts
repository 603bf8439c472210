/** Runs the module's cmdlets in the installed PowerShells: Windows PowerShell 5.1 and PowerShell 7. */
import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { LINE } from './cmdlet-script.js';
import type { CaseResult, ShellResult } from './types.js';

/** The machine-wide PowerShells of Windows, by path; never from PATH. */
export function findShells(systemDirectory: string, programFiles: string | undefined): string[] {
  const candidates = [
    path.win32.join(systemDirectory, 'WindowsPowerShell', 'v1.0', 'powershell.exe'),
    ...(programFiles === undefined ? [] : [path.win32.join(programFiles, 'PowerShell', '7', 'pwsh.exe')]),
  ];
  return candidates.filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false);
}

const TIMEOUT_MS = 1000 * 120;

/** Runs the script in one of them. Never rejects: an error is part of the result. */
export async function runShell(executable: string, script: string): Promise<ShellResult> {
  const args = ['-NoLogo', '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-Command', script];
  const { status, stdout, stderr, failure } = await run(executable, args);
  const lines = stdout.split(/\r?\n/).filter((line) => line.startsWith(LINE));
  const parsed = lines.map((line) => {
    const [outcome = '', name = '', ...detail] = line.slice(LINE.length).split('::');
    return { outcome, name, detail: detail.join('::') };
  });
  const steps: CaseResult[] = parsed
    .filter(({ outcome }) => outcome === 'held' || outcome === 'deviated')
    .map(({ outcome, name, detail }) =>
      outcome === 'held' ? { name, outcome: 'held' } : { name, outcome: 'deviated', detail },
    );
  const problem = failure ?? (status === 0 ? undefined : `exit status ${status}: ${lastWords(stderr || stdout)}`);
  return {
    executable,
    edition: parsed.find(({ outcome }) => outcome === 'edition')?.detail,
    steps,
    ...(problem === undefined && steps.length > 0 ? {} : { failure: problem ?? 'no output' }),
  };
}

interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly failure?: string;
}

function run(executable: string, args: readonly string[]): Promise<Finished> {
  return new Promise((resolve) => {
    const child = spawn(executable, args, { env: environment(), windowsHide: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
      });
    }
    const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS);
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve({ status: null, ...output, failure: error.message });
    });
    child.once('close', (status, signal) => {
      clearTimeout(timer);
      resolve({ status, ...output, ...(signal ? { failure: `it was ended by ${signal}` } : {}) });
    });
  });
}

/** Without PSModulePath: each edition must use its own default, not the modules of the other. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(PSModulePath|NODE_.*|npm_.*)$/i.test(name)),
  );
}

function lastWords(text: string): string {
  return text.trim().replace(/\s+/g, ' ').slice(-500);
}

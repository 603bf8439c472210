/**
 * The emitted module in a real PowerShell: a private copy generated from src, one engine for each test file, and
 * helpers for both.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect } from 'vitest';
import { restorePowerShell } from '../../scripts/powershell.mjs';
import { loadDefinition } from '../../src/definition/load.js';
import type { Definition } from '../../src/definition/types.js';
import { generateModule } from '../../src/generator/generate.js';
import { installProgram } from '../../src/generator/program.js';
import { writeModule } from '../../src/generator/write.js';
import {
  type PowerShellError,
  type PowerShellResult,
  type PowerShellValue,
  toPlain,
} from '../../src/powershell/result.js';
import { openPowerShell, type PowerShellSession } from '../../src/powershell/session.js';
import { copyStandIn, type StandInSteering } from '../standin/build.js';

export const MODULE = 'PersistentPortReservation';

const BUNDLE = fileURLToPath(new URL('../../dist/module-program.cjs', import.meta.url));

/** The keys and values of -ArgumentList; any key, so that tests can pass wrong ones. */
export type ModuleOptions = Readonly<Record<string, string | number | boolean>>;

/** Creates the module in its own folder, with its program. */
export async function makeModule(directory: string): Promise<{ definition: Definition; manifest: string }> {
  if (!existsSync(BUNDLE)) throw new Error(`${BUNDLE} is missing: run "npm run build" first`);
  const definition = await loadDefinition(MODULE);
  await writeModule(directory, generateModule(definition));
  await installProgram(directory, definition);
  return { definition, manifest: path.join(directory, `${MODULE}.psd1`) };
}

/** Returns the PowerShell of NODE_POWERSHELL; default: that of the tool manifest. */
export function engineExecutable(): string {
  return process.env.NODE_POWERSHELL || restorePowerShell();
}

/** Opens a session in that PowerShell. A script that hangs is reported before its test times out. */
export function openEngine(environment: NodeJS.ProcessEnv = process.env): Promise<PowerShellSession> {
  return openPowerShell({ executable: engineExecutable(), environment, timeoutMs: 110_000 });
}

/** Returns a bench for the tests of one file, opened before the first and closed after the last. */
export function useModule(): ModuleBench {
  const bench = new ModuleBench();
  beforeAll(() => bench.open());
  afterAll(() => bench.close());
  return bench;
}

export class ModuleBench {
  /** The folder of the bench, deleted at the end. */
  directory = '';
  manifest = '';
  /** A script that records the process id of every start and runs node. */
  node = '';
  #definition: Definition | undefined;
  #session: PowerShellSession | undefined;

  async open(): Promise<void> {
    // The space and the quote in every path test that paths are quoted correctly.
    this.directory = mkdtempSync(path.join(tmpdir(), "dllet module's "));
    const { definition, manifest } = await makeModule(path.join(this.directory, MODULE));
    this.#definition = definition;
    this.manifest = manifest;
    this.node = this.script(
      'node',
      `echo $$ >> '${this.#startLog.replaceAll("'", `'\\''`)}'\nexec '${process.execPath}' "$@"`,
    );
    this.#session = await openEngine();
    await this.run('Set-StrictMode -Version Latest');
  }

  /** Ends the engine, and fails if a bridge is still running afterwards. */
  async close(): Promise<void> {
    await this.#session?.close();
    const left = await this.survivors(this.starts());
    rmSync(this.directory, { recursive: true, force: true });
    expect(left, 'bridges that outlived the engine').toEqual([]);
  }

  get definition(): Definition {
    if (!this.#definition) throw new Error('the bench is not open yet');
    return this.#definition;
  }

  get session(): PowerShellSession {
    if (!this.#session) throw new Error('the bench is not open yet');
    return this.#session;
  }

  run(script: string): Promise<PowerShellResult> {
    return this.session.run(script);
  }

  /** Returns the output of a script as plain data. The script must not write to any other stream. */
  async output(script: string): Promise<unknown[]> {
    const { output, errors, warnings } = await this.run(script);
    expect({ errors, warnings }).toEqual({ errors: [], warnings: [] });
    return output.map(toPlain);
  }

  /** Returns the single error of a script without output. */
  async failure(script: string): Promise<PowerShellError> {
    const { output, errors } = await this.run(script);
    expect(output.map(toPlain)).toEqual([]);
    expect(errors.map((error) => error.fullyQualifiedErrorId)).toHaveLength(1);
    return errors[0] as PowerShellError;
  }

  /** Imports the module again. The caller checks the result. */
  tryImport(options: ModuleOptions = {}): Promise<PowerShellResult> {
    return this.run(this.importLine(options));
  }

  /** Imports the module again, by default with the node of this bench. The import must succeed without output. */
  async import(options: ModuleOptions = {}): Promise<void> {
    expect(await this.output(this.importLine({ NodePath: this.node, ...options }))).toEqual([]);
  }

  importLine(options: ModuleOptions, manifest = this.manifest): string {
    return `Import-Module -Name ${quoted(manifest)} -Force -ArgumentList ${hashtable(options)}`;
  }

  /** Creates another module from a definition, by default beside the bench's own. Returns the path of its manifest. */
  async addModule(definition: Definition, parent = this.directory): Promise<string> {
    const directory = path.join(parent, definition.name);
    await writeModule(directory, generateModule(definition));
    await installProgram(directory, definition);
    return path.join(directory, `${definition.name}.psd1`);
  }

  /** Returns a path in the form of the engine's system. */
  native(file: string): string {
    return file;
  }

  /**
   * Imports the module over its own copy of the stand-in. Returns the library's path, for its settings and its record.
   */
  async importStandIn(name: string, steering: StandInSteering = {}): Promise<string> {
    const library = copyStandIn(path.join(this.directory, name), steering);
    await this.import({ LibraryPath: library });
    return library;
  }

  /** Imports the module over a simulation with its own state. Returns the path of the state. */
  async importSimulation(name: string, options: ModuleOptions = {}): Promise<string> {
    const state = path.join(this.directory, `${name}.json`);
    await this.import({ Backend: 'Simulated', StatePath: state, ...options });
    return state;
  }

  /** Returns the process ids of all bridges that the recording node has started so far. */
  starts(): number[] {
    const text = existsSync(this.#startLog) ? readFileSync(this.#startLog, 'utf8') : '';
    return text.split('\n').filter(Boolean).map(Number);
  }

  /** Runs an action and returns the process ids of the bridges that it started. */
  async startsDuring(action: () => Promise<unknown>): Promise<number[]> {
    const before = this.starts().length;
    await action();
    return this.starts().slice(before);
  }

  /** Returns those of the processes that are still running after some seconds. */
  async survivors(pids: readonly number[], seconds = 6): Promise<number[]> {
    const end = Date.now() + seconds * 1000;
    let left = pids.filter(isAlive);
    while (left.length > 0 && Date.now() < end) {
      await delay(50);
      left = left.filter(isAlive);
    }
    return left;
  }

  /** Creates an executable file in the bench's folder: lines of a POSIX shell. */
  script(name: string, lines: string, interpreter = '/bin/sh'): string {
    const file = path.join(this.directory, 'scripts', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `#!${interpreter}\n${lines}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  /**
   * Creates a fake node: it answers each line with the next of these replies, in which `$ID` stands for the id of the
   * request.
   */
  fakeNode(name: string, replies: readonly string[]): string {
    const code = `const replies = ${JSON.stringify(replies)};
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const reply = replies.shift();
  if (reply !== undefined) process.stdout.write(reply.replaceAll('$ID', JSON.parse(line).id) + '\\n');
});`;
    return this.script(name, code, process.execPath);
  }

  get #startLog(): string {
    return path.join(this.directory, 'starts.txt');
  }
}

/** PowerShell functions: `New-Shell` opens a runspace of its own, `Remove-Shell` closes it. */
export const SHELL_FUNCTIONS = `
  function New-Shell {
    $shell = [powershell]::Create()
    # As pwsh makes its own: modules load when one of their commands is called.
    $shell.Runspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2())
    $shell.Runspace.Open()
    $shell
  }
  function Remove-Shell($Shell) { $Shell.Runspace.Dispose(); $Shell.Dispose() }`;

/** Returns the lines of a stand-in's record, such as `LookupPersistentUdpPortReservation 34835 20`. */
export function recordOf(library: string): string[] {
  return readFileSync(`${library}.record`, 'utf8').split('\n').filter(Boolean);
}

/** Returns the properties of an object; none for any other value. */
export function propertiesOf(value: PowerShellValue | undefined): Readonly<Record<string, PowerShellValue>> {
  const content = value?.value;
  return typeof content === 'object' && content !== null && 'properties' in content ? content.properties : {};
}

/** Returns a text as a PowerShell literal. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * True if a process is running. A process that has exited, but whose status its parent has not read yet, does not
 * count.
 */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform === 'win32') return true;
  const state = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? '?';
  return state !== '' && !state.startsWith('Z');
}

function hashtable(options: ModuleOptions): string {
  const entries = Object.entries(options).map(([key, value]) => `${quoted(key)} = ${literal(value)}`);
  return `@{ ${entries.join('; ')} }`;
}

function literal(value: string | number | boolean): string {
  return typeof value === 'string' ? quoted(value) : typeof value === 'boolean' ? `$${value}` : String(value);
}

/**
 * Replaces test/support/powershell-module.ts in the Windows lane: the same bench, with PowerShell for Windows, node.exe
 * and koffi's addon for Windows. Tests still use paths and process ids of this system.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, vi } from 'vitest';
import type { Definition } from '../../../src/definition/types.js';
import type { PowerShellResult } from '../../../src/powershell/result.js';
import type { PowerShellSession } from '../../../src/powershell/session.js';
import { MODULE, ModuleBench, type ModuleOptions, makeModule } from '../../support/powershell-module.js';
import { koffiAddon, nodeExe } from '../packages.js';
import { unixPath, windowsPath } from '../wine.js';
import { openWindowsPowerShell } from './engine.js';
import { EXCEPTIONS } from './exceptions.js';
import { commandLineOf, NewProcesses, processesWith } from './processes.js';

export * from '../../support/powershell-module.js';

/** The interval in milliseconds between looks for new bridges; a bridge takes several times as long to start. */
const LOOK_MS = 75;

/** Like the bench that it replaces. Tests that cannot run in Wine are skipped with the reason. */
export function useModule(): WindowsModuleBench {
  const bench = new WindowsModuleBench();
  beforeAll(() => bench.open());
  afterAll(() => bench.close());
  protectOtherProcesses();
  beforeEach(({ task, skip }) => {
    const reason = EXCEPTIONS[task.name];
    if (reason !== undefined) skip(reason);
  });
  return bench;
}

/** A process id of Windows belongs to another process here, so only programs of the lane may get a signal. */
function protectOtherProcesses(): void {
  const kill = process.kill.bind(process);
  const guarded = (pid: number, signal?: string | number): true => {
    if (signal !== 0 && !processesWith('\\dllet.cjs').includes(pid))
      throw new Error(`${pid} is no process of the lane`);
    return kill(pid, signal);
  };
  beforeAll(() => {
    const spy = vi.spyOn(process, 'kill').mockImplementation(guarded);
    return () => spy.mockRestore();
  });
}

export async function openEngine(): Promise<PowerShellSession> {
  return inOurPaths(await openWindowsPowerShell());
}

export class WindowsModuleBench extends ModuleBench {
  #seen: readonly number[] = [];
  #ownDefinition: Definition | undefined;
  #engine: PowerShellSession | undefined;
  #looking: NodeJS.Timeout | undefined;
  #processes: NewProcesses | undefined;

  override async open(): Promise<void> {
    this.directory = mkdtempSync(path.join(tmpdir(), "dllet module's "));
    const { definition, manifest } = await makeModule(path.join(this.directory, MODULE));
    installAddon(path.dirname(manifest));
    this.#ownDefinition = definition;
    this.manifest = manifest;
    this.node = nodeExe(22);
    this.#processes = new NewProcesses();
    this.#looking = setInterval(() => this.#look(), LOOK_MS);
    this.#engine = await openEngine();
    await this.run('Set-StrictMode -Version Latest');
  }

  override async close(): Promise<void> {
    await this.#engine?.close();
    clearInterval(this.#looking);
    const left = await this.survivors(this.starts());
    rmSync(this.directory, { recursive: true, force: true });
    expect(left, 'bridges that outlived the engine').toEqual([]);
  }

  override get definition(): Definition {
    if (!this.#ownDefinition) throw new Error('the bench is not open yet');
    return this.#ownDefinition;
  }

  override get session(): PowerShellSession {
    if (!this.#engine) throw new Error('the bench is not open yet');
    return this.#engine;
  }

  override native(file: string): string {
    return windowsPath(file);
  }

  override importLine(options: ModuleOptions, manifest = this.manifest): string {
    const entries = Object.entries(options).map(([key, value]) => [
      key,
      isOurPath(key, value) ? windowsPath(value) : value,
    ]);
    return super.importLine(Object.fromEntries(entries), manifest);
  }

  override async addModule(definition: Definition, parent?: string): Promise<string> {
    const manifest = await super.addModule(definition, parent);
    installAddon(path.dirname(manifest));
    return manifest;
  }

  override starts(): number[] {
    this.#look();
    return [...this.#seen];
  }

  #look(): void {
    const program = `${windowsPath(path.dirname(this.manifest))}\\bin\\dllet.cjs`;
    const running = this.#processes?.with(program) ?? [];
    // A process that still runs, but with another command line, was the copy of a bridge that started its console. One that is
    // about to end has one thread, and was a bridge all the same.
    const seen = this.#seen.filter((pid) => hasEnded(pid) || commandLineOf(pid).includes(program));
    this.#seen = [...seen, ...running.filter((pid) => !seen.includes(pid))];
  }
}

/** A process that has ended has no command line. */
const hasEnded = (pid: number) => commandLineOf(pid) === '';

/** Puts koffi's addon for Windows into a module that was created here. */
export function installAddon(moduleDirectory: string): void {
  const target = path.join(moduleDirectory, 'bin', 'node_modules', '@koromix', 'koffi-win32-x64');
  cpSync(koffiAddon(), target, { recursive: true });
}

function isOurPath(key: string, value: ModuleOptions[string]): value is string {
  return /path$/i.test(key) && typeof value === 'string' && value.startsWith('/');
}

/** Returns the session with `Z:\tmp\x` replaced by `/tmp/x` in all its output. */
function inOurPaths(session: PowerShellSession): PowerShellSession {
  return {
    executable: session.executable,
    close: () => session.close(),
    run: async (script) => JSON.parse(JSON.stringify(await session.run(script), translate)) as PowerShellResult,
  };
}

/**
 * A path ends at a quotation mark, a comma or the like; the folder of a bench contains a quotation mark and a blank.
 */
const WINDOWS_PATH = /Z:\\(?:dllet module's |[\w.~\\-])+/g;

function translate(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll(WINDOWS_PATH, unixPath) : value;
}

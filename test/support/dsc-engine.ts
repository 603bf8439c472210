/**
 * Does what DSC does with a command resource: starts the program of a manifest (folder, arguments, stdin or none),
 * reads its lines, maps its exit code, and calls test, get and set in the order of DSC. Source: PowerShell/DSC,
 * `command_resource.rs` and `dscresource.rs`.
 */
import { spawn } from 'node:child_process';
import { isDeepStrictEqual } from 'node:util';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Finished } from './cli.js';
import { type DscVersion, type FoundManifest, findManifest, isAtLeast, type MethodName } from './dsc-manifest-rules.js';

export type State = Readonly<Record<string, unknown>>;

export interface Trace {
  readonly level: string;
  readonly message: string;
}

/** A process failed. DSC shows the mapped text, or stderr if the exit code is not mapped. */
export class DscError extends Error {
  readonly exitCode: number;
  readonly traces: readonly Trace[];

  constructor(message: string, exitCode: number, traces: readonly Trace[]) {
    super(message);
    this.exitCode = exitCode;
    this.traces = traces;
  }
}

export interface SetResult {
  readonly before: State;
  readonly after: State;
  readonly changedProperties: readonly string[];
  /** True if a process was started that may change something. */
  readonly ran: boolean;
  /** The changes that the resource itself predicts: `_metadata.whatIf`. */
  readonly whatIf?: readonly string[];
}

/** How to start the program of a manifest once. */
export interface Start {
  readonly executable: string;
  readonly args: readonly string[];
  readonly directory: string;
  readonly traceLevel: string;
  /** The content of stdin; undefined for a stdin that does not end. */
  readonly input: string | undefined;
}

export type Starter = (start: Start) => Promise<Finished>;

export interface EngineOptions {
  readonly version: DscVersion;
  readonly directory: string;
  readonly type: string;
  readonly traceLevel?: string;
  /** Starts programs; default: each in a process. */
  readonly start?: Starter;
}

export class DscEngine {
  readonly found: FoundManifest;
  /** Every trace line since the start, at any level. */
  readonly traces: Trace[] = [];
  readonly #options: EngineOptions;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.found = findManifest(options.directory, options.version, options.type);
  }

  async get(input: State): Promise<State> {
    this.#checkInput(input);
    return this.#oneState('get', await this.run('get', JSON.stringify(input)));
  }

  /** 3.0 compares the actual state with the desired one; later versions use the resource's own result. */
  async test(desired: State): Promise<{ inDesiredState: boolean; actual: State; differing: string[] }> {
    this.#checkInput(desired);
    if (this.found.manifest.test?.return !== 'state') throw new Error('without "return" DSC passes over the output');
    const { _inDesiredState: own, ...actual } = this.#oneState('test', await this.run('test', JSON.stringify(desired)));
    const differing = differences(desired, actual);
    const trusted = isAtLeast(this.#options.version, '3.1') && typeof own === 'boolean';
    return { inDesiredState: trusted ? own : differing.length === 0, actual, differing };
  }

  /** `dsc config set`, with --what-if or without. */
  async set(desired: State, { whatIf = false } = {}): Promise<SetResult> {
    const { set, delete: remove } = this.found.manifest;
    const { inDesiredState, actual } = await this.test(desired);
    if (inDesiredState) return { before: actual, after: actual, changedProperties: [], ran: false };
    const native = set?.args?.some((argument) => typeof argument === 'object' && 'whatIfArg' in argument) ?? false;
    // DSC itself assumes that the desired properties would be set.
    if (whatIf && !native)
      return { before: actual, after: desired, changedProperties: differences(desired, actual), ran: false };
    if (desired._exist === false && set?.handlesExist !== true) {
      if (!remove) throw new Error('the resource cannot delete');
      if (whatIf && !isAtLeast(this.#options.version, '3.2')) throw new Error('what-if of a deletion is not supported');
      await this.run('delete', JSON.stringify(desired), { whatIf });
      return { before: actual, after: await this.get(desired), changedProperties: ['_exist'], ran: true };
    }
    const before = await this.get(desired);
    const { _metadata: metadata, ...after } = this.#oneState(
      'set',
      await this.run('set', JSON.stringify(desired), { whatIf }),
    );
    const changedProperties = differences(after, before);
    const notes = (metadata as { whatIf?: string[] } | undefined)?.whatIf;
    return { before, after, changedProperties, ran: true, ...(notes ? { whatIf: notes } : {}) };
  }

  /** `dsc resource delete`: no test first, and the output is ignored. */
  async delete(input: State): Promise<void> {
    this.#checkInput(input);
    await this.run('delete', JSON.stringify(input));
  }

  async export(filter?: State): Promise<State[]> {
    const { lines } = await this.run('export', filter === undefined ? undefined : JSON.stringify(filter));
    return lines.map((line) => this.#checkOutput('export', line));
  }

  /** Starts the program of a method as DSC does. Throws DscError for any exit code but 0. */
  async run(
    name: MethodName,
    input: string | undefined,
    { whatIf = false }: { whatIf?: boolean } = {},
  ): Promise<{ lines: State[]; traces: Trace[] }> {
    const { manifest, directory } = this.found;
    const method = manifest[name];
    if (!method) throw new Error(`${manifest.type} has no ${name}`);
    const args = (method.args ?? []).flatMap((argument) => argumentOf(argument, input, whatIf));
    const isOnStdin = method.input === 'stdin' && input !== undefined;
    // 3.2 and later give it an empty stdin; earlier versions let it inherit one that may never end.
    const isOpen = !isOnStdin && !isAtLeast(this.#options.version, '3.2');
    const finished = await (this.#options.start ?? startProcess)({
      executable: method.executable === 'node' ? process.execPath : method.executable,
      args,
      directory,
      traceLevel: this.#options.traceLevel ?? 'warn',
      input: isOpen ? undefined : isOnStdin ? input : '',
    });
    const traces = finished.stderr.split('\n').filter(Boolean).flatMap(traceOf);
    this.traces.push(...traces);
    if (finished.status !== 0) {
      const text = manifest.exitCodes?.[String(finished.status)] ?? finished.stderr;
      throw new DscError(text, finished.status ?? -1, traces);
    }
    return {
      lines: finished.stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as State),
      traces,
    };
  }

  #oneState(name: MethodName, { lines }: { lines: State[] }): State {
    if (lines.length !== 1) throw new Error(`${name} must print one line, not ${lines.length}`);
    return this.#checkOutput(name, lines[0] as State);
  }

  #checkInput(input: State): void {
    const problem = this.#problemOf(input);
    if (problem !== undefined) throw new Error(`DSC refuses the input: ${problem}`);
  }

  #checkOutput(name: MethodName, state: State): State {
    const problem = this.#problemOf(state);
    if (problem !== undefined)
      throw new Error(`DSC refuses the output of ${name}: ${problem}: ${JSON.stringify(state)}`);
    return state;
  }

  #problemOf(state: State): string | undefined {
    const validate = validatorOf(JSON.stringify(this.found.manifest.schema?.embedded ?? {}));
    return validate(state) ? undefined : ajv.errorsText(validate.errors);
  }
}

const ajv = new Ajv2020({ allErrors: true, strictTypes: false });
ajv.addKeyword('x-dsc-key');

const validators = new Map<string, ValidateFunction>();

/** Compiles each schema once, because all engines of a test file use the same few. */
function validatorOf(schema: string): ValidateFunction {
  const validate = validators.get(schema) ?? ajv.compile(JSON.parse(schema));
  validators.set(schema, validate);
  return validate;
}

function startProcess({ executable, args, directory, traceLevel, input }: Start): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, DSC_TRACE_LEVEL: traceLevel };
    const child = spawn(executable, args, { cwd: directory, env, stdio: ['pipe', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        output[stream] += text;
      });
    child.stdin.on('error', () => undefined);
    child.on('error', reject).on('close', (status) => {
      child.stdin.destroy();
      resolve({ status, ...output });
    });
    if (input !== undefined) child.stdin.end(input);
  });
}

function argumentOf(
  argument: string | Readonly<Record<string, unknown>>,
  input: string | undefined,
  whatIf: boolean,
): string[] {
  if (typeof argument === 'string') return [argument];
  if ('whatIfArg' in argument) return whatIf ? [String(argument.whatIfArg)] : [];
  if (input === undefined) return argument.mandatory === true ? [String(argument.jsonInputArg), ''] : [];
  return [String(argument.jsonInputArg), input];
}

/** Parses a line of stderr as a trace. Tests fail on any other line. */
function traceOf(line: string): Trace[] {
  const { timestamp, level, fields } = JSON.parse(line) as {
    timestamp: string;
    level: string;
    fields: { message: string };
  };
  if (Number.isNaN(Date.parse(timestamp)) || typeof fields.message !== 'string') throw new Error(`no trace: ${line}`);
  if (!['ERROR', 'WARN', 'INFO', 'DEBUG', 'TRACE'].includes(level)) throw new Error(`no level: ${line}`);
  return [{ level, message: fields.message }];
}

/** `get_diff`: returns the names of desired properties that differ. A missing `_exist` counts as true. */
export function differences(expected: State, actual: State): string[] {
  const wanted = { _exist: true, ...expected };
  const found: State = { _exist: true, ...actual };
  return Object.entries(wanted)
    .filter(([name, value]) => !isDeepStrictEqual(value, found[name]))
    .map(([name]) => name);
}

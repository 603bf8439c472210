/** One operation of a DSC resource, as DSC v3 starts the program for it: states on stdout, traces on stderr, an exit code. */
import { createBridge } from '../bridge/bridge.js';
import { toAsciiJson } from '../bridge/messages.js';
import { messageOf } from '../definition/errors.js';
import { RESOURCE_EXIT } from '../definition/resource-codes.js';
import type { Definition } from '../definition/types.js';
import { invalidInput, ResourceFailure } from '../dsc/failure.js';
import { type JsonObject, parseInput } from '../dsc/input.js';
import { callerOf } from '../dsc/lazy-method.js';
import { type OperationName, resourceTypes, runOperation } from '../dsc/operations.js';
import type { Caller } from '../dsc/resource.js';
import { isTraced, type TraceLevel, traceLine } from '../dsc/trace.js';
import { type BackendOptions, chooseBackend } from './backend.js';
import { createProviders } from './providers.js';
import { UsageError } from './usage.js';

export interface DscOptions extends BackendOptions {
  /** The input as JSON; empty for none. Without it, `set`, `test` and `delete` read stdin. */
  readonly input?: string | undefined;
  readonly 'what-if'?: boolean | undefined;
}

/** Runs the operation and prints. Never rejects. Returns the exit code. */
export async function dscOperation(
  definition: Definition,
  operation: OperationName,
  type: string | undefined,
  options: DscOptions,
): Promise<number> {
  return reported(async () => {
    const input = await readInput(operation, options.input);
    const { lines, notes } = await runOperation(definition, await openCaller(definition, options), {
      type: type ?? resourceTypes(definition)[0] ?? '',
      operation,
      input,
      whatIf: options['what-if'] ?? false,
    });
    for (const note of notes) trace('INFO', note);
    await written(process.stdout, lines.map((line) => `${toAsciiJson(line)}\n`).join(''));
  });
}

/** Runs the work; what it throws becomes a trace line of level ERROR and an exit code. */
export async function reported(work: () => Promise<void>): Promise<number> {
  try {
    await work();
    return RESOURCE_EXIT.done;
  } catch (error) {
    const failure = failureOf(error);
    const facts = { ...failure.facts, exitCode: failure.exitCode };
    const { recommendedAction } = failure.facts;
    const end = /[.!?]$/.test(failure.message) ? '' : '.';
    const advice = typeof recommendedAction === 'string' ? `${end} ${recommendedAction}` : '';
    await written(process.stderr, `${traceLine('ERROR', failure.message + advice, facts)}\n`);
    return failure.exitCode;
  }
}

function failureOf(error: unknown): ResourceFailure {
  if (error instanceof ResourceFailure) return error;
  const code = error instanceof UsageError ? RESOURCE_EXIT.usage : RESOURCE_EXIT.defect;
  return new ResourceFailure(code, messageOf(error));
}

function trace(level: TraceLevel, message: string): void {
  if (isTraced(level, process.env.DSC_TRACE_LEVEL)) process.stderr.write(`${traceLine(level, message)}\n`);
}

async function openCaller(definition: Definition, options: DscOptions): Promise<Caller> {
  const backend = await chooseBackend(definition, options);
  const bridge = createBridge({ definition, backend, providers: createProviders(definition, backend, options) });
  return callerOf((message) => bridge.handle(message));
}

/**
 * `get` and `export` never touch stdin: DSC below 3.2 leaves them its own, which may stay open for ever. The others have it
 * from DSC, so a stdin that is a terminal, or that does not end, is a mistake and not a reason to wait.
 */
async function readInput(operation: OperationName, given: string | undefined): Promise<JsonObject | undefined> {
  if (given !== undefined && given.trim() !== '') return parseInput(given);
  if (operation === 'export') return undefined;
  if (operation === 'get' || given !== undefined)
    throw invalidInput(`${operation} needs an input: --input '{...}'`, RESOURCE_EXIT.notJson);
  return parseInput(await readStdin());
}

const STDIN_LIMIT_MS = 1000 * 30;
const STDIN_LIMIT_BYTES = 16 * 1024 * 1024;

async function readStdin(): Promise<string> {
  const refuse = (problem: string) =>
    invalidInput(`stdin ${problem}; DSC gives the input there`, RESOURCE_EXIT.notJson);
  if (process.stdin.isTTY) throw refuse('is a terminal');
  const chunks: Buffer[] = [];
  let size = 0;
  await new Promise<void>((resolve, reject) => {
    const limit = setTimeout(
      () => reject(refuse(`did not end within ${STDIN_LIMIT_MS / 1000} seconds`)),
      STDIN_LIMIT_MS,
    );
    const done = (settle: () => void) => {
      clearTimeout(limit);
      settle();
    };
    process.stdin
      .on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > STDIN_LIMIT_BYTES) done(() => reject(refuse(`is longer than ${STDIN_LIMIT_BYTES} bytes`)));
        else chunks.push(chunk);
      })
      .once('end', () => done(resolve))
      .once('error', (error) => done(() => reject(refuse(`cannot be read: ${error.message}`))));
  });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw refuse('is not UTF-8');
  }
}

/** Resolves when everything has gone out, so that the process may end. */
function written(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve) => stream.write(text, () => resolve()));
}

/** Runs one operation of a DSC resource as DSC v3 invokes it: states on stdout, traces on stderr, an exit code. */
import type { Writable } from 'node:stream';
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
import { type AuditOptions, chooseAuditor } from './audit.js';
import { type BackendOptions, chooseBackend } from './backend.js';
import { readStdin, STDIN_LIMITS } from './dsc-stdin.js';
import { errorOutput, output, printError } from './output.js';
import { createProviders } from './providers.js';
import { UsageError } from './usage.js';

export interface DscOptions extends BackendOptions, AuditOptions {
  /** The input as JSON; empty for none. If undefined, `set`, `test` and `delete` read stdin. */
  readonly input?: string | undefined;
  readonly 'what-if'?: boolean | undefined;
}

/** Runs the operation and prints its result. Never rejects. Returns the exit code. */
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
    await written(output(), lines.map((line) => `${toAsciiJson(line)}\n`).join(''));
  });
}

/** Runs the work. An exception becomes a trace line of level ERROR and an exit code. */
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
    await written(errorOutput(), `${traceLine('ERROR', failure.message + advice, facts)}\n`);
    return failure.exitCode;
  }
}

function failureOf(error: unknown): ResourceFailure {
  if (error instanceof ResourceFailure) return error;
  const code = error instanceof UsageError ? RESOURCE_EXIT.usage : RESOURCE_EXIT.defect;
  return new ResourceFailure(code, messageOf(error));
}

function trace(level: TraceLevel, message: string): void {
  if (isTraced(level, process.env.DSC_TRACE_LEVEL)) printError(traceLine(level, message));
}

async function openCaller(definition: Definition, options: DscOptions): Promise<Caller> {
  const backend = await chooseBackend(definition, options);
  const bridge = createBridge({
    definition,
    backend,
    providers: createProviders(definition, backend, options),
    audit: chooseAuditor(definition, backend, { 'audit-reason': 'DSC', ...options }),
  });
  return callerOf(
    (message) => bridge.handle(message),
    (notice) => trace('WARN', notice),
  );
}

/**
 * `get` and `export` never read stdin: DSC before 3.2 passes its own stdin, which may never end. The other operations
 * always get input.
 */
async function readInput(operation: OperationName, given: string | undefined): Promise<JsonObject | undefined> {
  if (given !== undefined && given.trim() !== '') return parseInput(given);
  if (operation === 'export') return undefined;
  if (operation === 'get' || given !== undefined)
    throw invalidInput(`${operation} needs an input: --input '{...}'`, RESOURCE_EXIT.notJson);
  return parseInput(await readStdin(process.stdin, STDIN_LIMITS));
}

/** Resolves when all output is flushed, so that the process can exit. */
function written(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve) => stream.write(text, () => resolve()));
}

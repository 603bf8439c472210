/** The resident bridge on stdin and stdout: the shell that `dllet serve` and a module's program share. */
import { createBridge } from '../bridge/bridge.js';
import { HANDSHAKE, handshakeMethod } from '../bridge/handshake.js';
import { lineLimitOf } from '../bridge/limits.js';
import { createServer } from '../bridge/server.js';
import type { Backend } from '../definition/execution.js';
import type { Definition } from '../definition/types.js';
import { RESOURCE, resourceMethod } from '../dsc/lazy-method.js';
import { type AuditOptions, type AuditReport, chooseAuditor } from './audit.js';
import { type BackendOptions, chooseBackend } from './backend.js';
import { createSender, createTracer, createValve } from './flow.js';
import type { OptionTable } from './options.js';
import { errorOutput, output } from './output.js';
import { parentOf, watchParent } from './parent-watch.js';
import { createProviders } from './providers.js';
import { EXIT } from './usage.js';

/** The options of the resident mode, in addition to those of every command that calls functions. */
export const SERVE_OPTIONS = {
  parent: { type: 'string', value: '<process id>', describe: 'Process ID; serve ends when that process ends' },
  trace: { type: 'boolean', describe: 'Write every message to stderr' },
} as const satisfies OptionTable;

export interface ServeOptions extends BackendOptions, AuditOptions {
  /**
   * The process id of the caller. When the caller exits, so does the bridge, even if another process still holds the
   * pipe.
   */
  readonly parent?: string | undefined;
  /** Write every message to stderr. */
  readonly trace?: boolean | undefined;
}

/** The time limit for pending answers after stdin has ended. A call that hangs then ends with the process. */
const GRACE_MS = 1000 * 2;

/** Serves until stdin ends. Resolves with the exit status. */
export async function serve(definition: Definition, options: ServeOptions, report?: AuditReport): Promise<number> {
  const parent = options.parent === undefined ? undefined : parentOf(options.parent);
  // Ctrl+C in a terminal goes to every process there, but it is PowerShell that stops, and it ends its program if needed.
  if (parent !== undefined) process.on('SIGINT', () => {});
  const chosen = await chooseBackend(definition, options);
  const { backend, rest } =
    parent === undefined ? { backend: chosen, rest: () => {} } : await watchParent(parent, chosen, () => leave(chosen));
  const out = output();
  const valve = createValve(process.stdin);
  const handshake = handshakeMethod({
    definition,
    backend,
    library: libraryOf(backend, options),
    node: { version: process.versions.node, path: process.execPath, pid: process.pid },
  });
  const bridge = createBridge({
    definition,
    backend,
    methods: { [HANDSHAKE]: handshake, [RESOURCE]: resourceMethod(definition, (message) => bridge.handle(message)) },
    providers: createProviders(definition, backend, options),
    audit: chooseAuditor(definition, backend, options, report),
  });
  const send = createSender(out, valve);
  const server = createServer({
    bridge,
    send: (line) => {
      rest();
      send(line);
    },
    overload: (isTooMuch) => valve.set('requests', isTooMuch),
    lineLimit: lineLimitOf(definition),
    trace: options.trace ? createTracer(errorOutput()) : undefined,
  });
  // A caller that stopped reading has exited or will never read again, so the bridge can end.
  out.on('error', () => leave(backend));
  process.stdin.on('data', (chunk: Buffer) => server.receive(chunk));
  await new Promise<void>((resolve) =>
    process.stdin
      .once('close', resolve)
      .once('end', resolve)
      .once('error', () => resolve()),
  );
  const isDone = await Promise.race([
    server
      .end()
      .then(() => bridge.close())
      .then(() => true),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), GRACE_MS).unref()),
  ]);
  // Output that the reader has not received would be lost when the process exits.
  await new Promise((resolve) => out.write('', resolve));
  if (!isDone) leave(backend);
  return EXIT.done;
}

/**
 * Exits although calls may be in progress. Node's own exit would wait for the threads of native calls, possibly
 * forever. Nobody reads the exit code, because the caller has exited. The simulation has no threads, but it has locks
 * to release.
 */
function leave({ name }: Backend): void {
  if (name === 'native') process.kill(process.pid, 'SIGKILL');
  process.exit(EXIT.done);
}

function libraryOf(backend: Backend, options: BackendOptions): string | undefined {
  return options.library ?? backend.library?.();
}

/** The resident bridge on stdin and stdout: the shell that `dllet serve` and a module's program share. */
import { createBridge } from '../bridge/bridge.js';
import { HANDSHAKE, handshakeMethod } from '../bridge/handshake.js';
import { createServer } from '../bridge/server.js';
import { createWakefulness } from '../bridge/wakefulness.js';
import type { Backend } from '../definition/execution.js';
import type { Definition } from '../definition/types.js';
import { RESOURCE, resourceMethod } from '../dsc/lazy-method.js';
import { type AuditOptions, type AuditReport, chooseAuditor } from './audit.js';
import { type BackendOptions, chooseBackend } from './backend.js';
import { createSender, createTracer, createValve } from './flow.js';
import { errorOutput, output } from './output.js';
import { parentOf, watchParent } from './parent-watch.js';
import { createProviders } from './providers.js';
import { EXIT } from './usage.js';

export const SERVE_OPTIONS = { parent: { type: 'string' }, trace: { type: 'boolean' } } as const;

export interface ServeOptions extends BackendOptions, AuditOptions {
  /** The process id of the caller: the bridge exits with it, even if another process still holds the pipe. */
  readonly parent?: string | undefined;
  /** Writes every message to stderr. */
  readonly trace?: boolean | undefined;
}

/** How long pending replies may take after stdin has ended; a hanging call ends with the process. */
const GRACE_MS = 1000 * 2;

/** Serves until stdin ends. Resolves with the exit code. */
export async function serve(definition: Definition, options: ServeOptions, report?: AuditReport): Promise<number> {
  const parent = options.parent === undefined ? undefined : parentOf(options.parent);
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
    trace: options.trace ? createTracer(errorOutput()) : undefined,
  });
  // A caller that closed its end of the pipe cannot be served any more.
  out.on('error', () => leave(backend));
  const wakefulness = createWakefulness();
  process.stdin.on('data', (chunk: Buffer) => {
    server.receive(chunk);
    wakefulness.answered();
  });
  await new Promise<void>((resolve) =>
    process.stdin
      .once('close', resolve)
      .once('end', resolve)
      .once('error', () => resolve()),
  );
  const isDone = await Promise.race([
    server.end().then(() => true),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), GRACE_MS).unref()),
  ]);
  // Flushes output, which would be lost with the process.
  await new Promise((resolve) => out.write('', resolve));
  if (!isDone) leave(backend);
  return EXIT.done;
}

/**
 * Ends the process even if calls are in progress. process.exit waits for the threads of native calls, so it would block
 * on a call that hangs; the exit code does not matter, because the caller has exited. The simulation has no such
 * threads, but locks to release.
 */
function leave({ name }: Backend): void {
  if (name === 'native') process.kill(process.pid, 'SIGKILL');
  process.exit(EXIT.done);
}

function libraryOf(backend: Backend, options: BackendOptions): string | undefined {
  return options.library ?? backend.library?.();
}

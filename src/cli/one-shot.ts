/** One call: the shell around the bridge that `dllet call` and a module's program share. */
import { createBridge } from '../bridge/bridge.js';
import { toAsciiJson } from '../bridge/messages.js';
import { inputsOf } from '../definition/parameters.js';
import type { Definition } from '../definition/types.js';
import { type AuditOptions, type AuditReport, chooseAuditor } from './audit.js';
import { type BackendOptions, chooseBackend } from './backend.js';
import { printAtOnce } from './output.js';
import { createProviders } from './providers.js';
import { EXIT, UsageError } from './usage.js';

/**
 * Makes the call and prints the reply on stdout. If `json` is undefined, the parameters are read from stdin. Returns
 * the exit code.
 */
export async function callOnce(
  definition: Definition,
  functionName: string,
  json: string | undefined,
  options: BackendOptions & AuditOptions,
  report?: AuditReport,
): Promise<number> {
  const backend = await chooseBackend(definition, options);
  const text = json ?? (await readParameters(definition, functionName));
  const bridge = createBridge({
    definition,
    backend,
    providers: createProviders(definition, backend, options),
    audit: chooseAuditor(definition, backend, options, report),
  });
  const reply = await bridge.callWithText(functionName, text);
  await bridge.close();
  await printAtOnce(toAsciiJson(reply));
  return 'error' in reply ? EXIT.failed : EXIT.done;
}

/** Reads parameters from stdin, unless it is a terminal. */
async function readParameters(definition: Definition, functionName: string): Promise<string> {
  if (process.stdin.isTTY) {
    const fn = Object.hasOwn(definition.functions, functionName) ? definition.functions[functionName] : undefined;
    if (fn && inputsOf(fn).length === 0) return '{}';
    throw new UsageError(
      `the parameters of ${functionName} are missing: give them as a JSON argument, '{"Name":value}', or on stdin`,
    );
  }
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  return text.trim() === '' ? '{}' : text;
}

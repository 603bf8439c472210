/**
 * The program inside a module (`bin/dllet.cjs`): the bridge for the one definition beside it, and nothing else.
 * No request and no option can name another definition.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Definition } from '../definition/types.js';
import { AUDIT_OPTIONS, AUDIT_USAGE } from './audit.js';
import { BACKEND_OPTIONS } from './backend.js';
import { callOnce } from './one-shot.js';
import { SERVE_OPTIONS, serve } from './serve.js';
import { EXIT, UsageError } from './usage.js';

const USAGE = `usage: dllet.cjs call <function> [json] [options]
       dllet.cjs serve [--parent <process id>] [--trace] [options]
options: --backend native|simulated --library <absolute path> --state <absolute path> --unelevated
         ${AUDIT_USAGE}`;

async function main(args: string[]): Promise<number> {
  requireNode();
  const options = { ...BACKEND_OPTIONS, ...AUDIT_OPTIONS, ...SERVE_OPTIONS };
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true, strict: true });
  if (values.backend !== 'simulated') requireOwnKoffi();
  // The audit needs koffi on Windows, for the simulated backend too.
  const audited = { beforeNative: requireOwnKoffi };
  const [command, functionName, json, ...rest] = positionals;
  if (command === 'serve' && functionName === undefined) return serve(readOwnDefinition(), values, audited);
  if (command !== 'call' || functionName === undefined || rest.length > 0) throw new UsageError(USAGE);
  return callOnce(readOwnDefinition(), functionName, json, values, audited);
}

/** Too old a Node.js is told by its version, not by what it then stumbles over. */
function requireNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new UsageError(`Node.js 20.19 or later is needed; ${process.execPath} is ${process.versions.node}`);
}

/**
 * koffi must be the one beside this program. Were it missing, node would look for it in the `node_modules` of every
 * folder above, where somebody else may have put it.
 */
function requireOwnKoffi(): void {
  const addon = `koffi-${process.platform}-${process.arch}`;
  for (const file of ['koffi/index.cjs', `@koromix/${addon}/index.js`]) {
    const needed = path.join(__dirname, 'node_modules', file);
    if (!existsSync(needed))
      throw new UsageError(`the module is incomplete, or not made for this platform: ${needed} is missing`);
  }
}

/** The definition that the generator checked and put beside this program. */
function readOwnDefinition(): Definition {
  return JSON.parse(readFileSync(path.join(__dirname, 'definition.json'), 'utf8')) as Definition;
}

main(process.argv.slice(2)).then(
  (status) => process.exit(status),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(EXIT.usage);
  },
);

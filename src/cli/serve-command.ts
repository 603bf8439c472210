/** `dllet serve <definition>`, without loading the full command line. */
import { parseArgs } from 'node:util';
import { loadDefinition } from '../definition/load.js';
import { AUDIT_OPTIONS, AUDIT_USAGE } from './audit.js';
import { BACKEND_OPTIONS } from './backend.js';
import { printError } from './output.js';
import { SERVE_OPTIONS, serve } from './serve.js';
import { UsageError } from './usage.js';

export const SERVE_USAGE = `dllet serve <definition> [--backend native|simulated] [--library <absolute path>] [--state <absolute path>] [--unelevated] ${AUDIT_USAGE} [--parent <process id>] [--trace]`;

export async function runServe(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseServeArguments(args);
  const [definition, ...rest] = positionals;
  if (definition === undefined || rest.length > 0) throw new UsageError(`usage: ${SERVE_USAGE}`);
  return serve(await loadDefinition(definition), values, printError);
}

function parseServeArguments(args: readonly string[]) {
  try {
    const options = { ...BACKEND_OPTIONS, ...AUDIT_OPTIONS, ...SERVE_OPTIONS };
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\nusage: ${SERVE_USAGE}`);
  }
}

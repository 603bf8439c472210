/** `dllet call <definition> <function> [json]`, without loading the full command line. */
import { parseArgs } from 'node:util';
import { loadDefinition } from '../definition/load.js';
import { AUDIT_OPTIONS, AUDIT_USAGE } from './audit.js';
import { BACKEND_OPTIONS } from './backend.js';
import { callOnce } from './one-shot.js';
import { printError } from './output.js';
import { UsageError } from './usage.js';

export const CALL_USAGE = `dllet call <definition> <function> [json] [--backend native|simulated] [--library <absolute path>] [--state <absolute path>] [--unelevated] ${AUDIT_USAGE}`;

export async function runCall(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseCallArguments(args);
  const [definition, functionName, json, ...rest] = positionals;
  if (definition === undefined || functionName === undefined || rest.length > 0)
    throw new UsageError(`usage: ${CALL_USAGE}`);
  return callOnce(await loadDefinition(definition), functionName, json, values, printError);
}

function parseCallArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { ...BACKEND_OPTIONS, ...AUDIT_OPTIONS },
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\nusage: ${CALL_USAGE}`);
  }
}

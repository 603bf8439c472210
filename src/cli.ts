#!/usr/bin/env node
/** The entry point of `dllet`: calls take a short way past the full command line. */
import './cli/no-inspector.js';
import { printError, setExit } from './cli/output.js';
import { EXIT, UsageError } from './cli/usage.js';
import type { DlletError } from './definition/errors.js';

const args = process.argv.slice(2);
const wantsHelp = args.includes('--help') || args.includes('-h');

try {
  if (args[0] === 'call' && !wantsHelp) {
    const { runCall } = await import('./cli/call.js');
    setExit(await runCall(args.slice(1)));
  } else if (args[0] === 'serve' && !wantsHelp) {
    const { runServe } = await import('./cli/serve-command.js');
    process.exit(await runServe(args.slice(1)));
  } else if (args[0] === 'dsc' && !wantsHelp) {
    const { runDscCommand } = await import('./cli/dsc-command.js');
    process.exit(await runDscCommand(args.slice(1)));
  } else {
    const { runMain } = await import('./cli/main.js');
    await runMain(args);
  }
} catch (error) {
  printError(textOf(error));
  setExit(isUsage(error) ? EXIT.usage : EXIT.failed);
}

/** The program's own errors are told by name here, because a call that succeeds has no use for their code. */
function isOwn(error: unknown): error is DlletError {
  return error instanceof Error && error.name === 'DlletError';
}

/** What is wrong, with the id that scripts look for; then what to do. */
function textOf(error: unknown): string {
  if (isOwn(error)) return `${error.id}: ${error.message}\n${error.recommendedAction}`;
  return error instanceof Error ? error.message : String(error);
}

/** An argument that cannot be meant is wrong usage, whichever part of the program noticed. */
function isUsage(error: unknown): boolean {
  if (isOwn(error)) return error.category === 'InvalidArgument';
  return error instanceof UsageError || (error instanceof Error && error.name === 'DefinitionError');
}

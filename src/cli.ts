#!/usr/bin/env node
/** The entry point of `dllet`. Commands that must start fast are run without loading the full command line. */
import './cli/no-inspector.js';
import { setExit } from './cli/output.js';
import { requireNode } from './cli/require-node.js';

const args = process.argv.slice(2);
// A command without arguments prints its help.
const wantsHelp = args.length === 1 || args.includes('--help') || args.includes('-h');

try {
  requireNode();
  if (args[0] === 'call' && !wantsHelp) {
    const { runCall } = await import('./cli/call.js');
    setExit(await runCall(args.slice(1)));
  } else if (args[0] === 'serve' && !wantsHelp) {
    const { runServe } = await import('./cli/serve.js');
    process.exit(await runServe(args.slice(1)));
  } else if (args[0] === 'dsc' && !wantsHelp) {
    const { runDscCommand } = await import('./cli/dsc.js');
    process.exit(await runDscCommand(args.slice(1)));
  } else if (args[0] === '--complete') {
    const { COMMANDS } = await import('./cli/commands.js');
    const { runComplete } = await import('./cli/complete.js');
    await runComplete(args.slice(1), COMMANDS);
  } else {
    // The reader may close the pipe early: `dllet explain ... | head`.
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit();
    });
    const { runMain } = await import('./cli/main.js');
    await runMain(args);
  }
} catch (error) {
  const { reportFailure } = await import('./cli/failure.js');
  reportFailure(error);
}

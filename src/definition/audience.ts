/** Words advice for its reader: a PowerShell user of a module, or a user of the command line. */
import path from 'node:path';

/** The options of the backends, as parameters of the module and as options of the command line. */
const OPTIONS = {
  simulated: { module: "Backend = 'Simulated'", command: '--backend simulated' },
  library: { module: "LibraryPath = '<absolute path>'", command: '--library <absolute path>' },
  state: { module: "Backend = 'Simulated'; StatePath = '<absolute path>'", command: '--state <absolute path>' },
} as const;

/** How to give an option: a command that can be pasted into the session of the module, or the option of the command line. */
export function advised(option: keyof typeof OPTIONS, program: readonly string[] = process.argv): string {
  const { module, command } = OPTIONS[option];
  const directory = moduleOf(program);
  if (directory === undefined) return command;
  return `Import-Module '${directory.replaceAll("'", "''")}' -Force -ArgumentList @{ ${module} }`;
}

/** True if the reader is at a PowerShell prompt, where there is no `dllet` command. */
export function isForPowerShell(program: readonly string[] = process.argv): boolean {
  return moduleOf(program) !== undefined;
}

/**
 * The directory of the module whose program this process runs (`<module>/bin/dllet.cjs serve`); undefined for any other
 * program.
 */
function moduleOf([, script, command]: readonly string[]): string | undefined {
  if (script === undefined || path.basename(script) !== 'dllet.cjs' || command !== 'serve') return undefined;
  return path.dirname(path.dirname(path.resolve(script)));
}

/** The default location of the simulated backend's state. */
import { posix, win32 } from 'node:path';

/**
 * The absolute path of the state file of the current user; nothing is read or created.
 *
 * Windows: `%LOCALAPPDATA%\dllet\simulation.json`. macOS: `~/Library/Application Support/dllet/simulation.json`.
 * Elsewhere: `$XDG_STATE_HOME/dllet/simulation.json`, or `~/.local/state/...`. A variable whose value is not an absolute
 * path counts as not set, as the XDG base directory specification demands.
 *
 * `platform` is a `process.platform` value, `home` the user's home directory in that platform's form.
 */
export function defaultStateFile(
  environment: Readonly<Record<string, string | undefined>>,
  platform: string,
  home: string,
): string {
  switch (platform) {
    case 'win32':
      return win32.join(localAppData(environment, home), 'dllet', 'simulation.json');
    case 'darwin':
      return posix.join(home, 'Library', 'Application Support', 'dllet', 'simulation.json');
    default:
      return posix.join(stateHome(environment, home), 'dllet', 'simulation.json');
  }
}

function localAppData(environment: Readonly<Record<string, string | undefined>>, home: string): string {
  const value = environment.LOCALAPPDATA;
  return value !== undefined && win32.isAbsolute(value) ? value : win32.join(home, 'AppData', 'Local');
}

function stateHome(environment: Readonly<Record<string, string | undefined>>, home: string): string {
  const value = environment.XDG_STATE_HOME;
  return value !== undefined && posix.isAbsolute(value) ? value : posix.join(home, '.local', 'state');
}

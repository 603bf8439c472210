/** The errors of a PowerShell process; each names the executable. */
import { DlletError } from '../definition/errors.js';
import type { ProcessEnd } from './shell.js';

/** PowerShell was not found, under the given name or at all. */
export function notFound(name: string | undefined): DlletError {
  return new DlletError({
    id: 'PowerShellNotFound',
    category: 'ObjectNotFound',
    message:
      name === undefined
        ? 'PowerShell was not found: there is no pwsh in PATH.'
        : `No PowerShell was found: '${name}' is neither an absolute path of a file nor the name of one on the PATH.`,
    recommendedAction: 'Install PowerShell, or set NODE_POWERSHELL to the absolute path of its executable.',
    data: name === undefined ? {} : { executable: name },
  });
}

/** NODE_POWERSHELL is not the absolute path of a file. */
export function notAbsolute(named: string): DlletError {
  return new DlletError({
    id: 'PowerShellNotFound',
    category: 'ObjectNotFound',
    message: `No PowerShell was found: NODE_POWERSHELL is '${named}', which is not the absolute path of a file.`,
    recommendedAction:
      'Set NODE_POWERSHELL to the absolute path of an executable, or unset it to use pwsh on the PATH.',
    data: { executable: named },
  });
}

/** The process could not be started, or has exited. */
export function ended(executable: string, end: ProcessEnd, errorText: string): DlletError {
  return end.kind === 'notStarted' ? notStarted(executable, end.error) : exited(executable, end, errorText);
}

/** The operating system refused to start the process. */
export function notStarted(executable: string, cause: Error): DlletError {
  return new DlletError({
    id: 'PowerShellNotStarted',
    category: 'ResourceUnavailable',
    message: `PowerShell '${executable}' could not be started: ${cause.message}`,
    recommendedAction: 'Check that the file is an executable for this system and that the working directory exists.',
    data: { executable },
    cause,
  });
}

/** No answer in time; the process has been killed. */
export function timedOut(executable: string, timeoutMs: number): DlletError {
  return new DlletError({
    id: 'PowerShellTimeout',
    category: 'OperationTimeout',
    message: `PowerShell '${executable}' did not answer within ${timeoutMs} ms and was stopped.`,
    recommendedAction: 'Allow more time, or find out what the script waits for.',
    data: { executable, timeoutMs },
  });
}

/** The session has been closed by its owner. */
export function closed(executable: string): DlletError {
  return new DlletError({
    id: 'PowerShellClosed',
    category: 'InvalidOperation',
    message: `The session with PowerShell '${executable}' has been closed.`,
    recommendedAction: 'Open another session.',
    data: { executable },
  });
}

function exited(executable: string, end: ProcessEnd & { kind: 'exited' }, errorText: string): DlletError {
  const how = end.signal === null ? `exited with status ${end.code}` : `was ended by ${end.signal}`;
  return new DlletError({
    id: 'PowerShellExited',
    category: 'ResourceUnavailable',
    message: `PowerShell '${executable}' ${how} before it answered.${errorText && ` It wrote: ${errorText}`}`,
    recommendedAction: 'Check whether the script ends the process. Otherwise open another session.',
    data: {
      executable,
      ...(end.code === null ? {} : { exitCode: end.code }),
      ...(end.signal && { signal: end.signal }),
    },
  });
}

/** Phrases about ranges of ports, shared by all messages. One port is always `port 80`. */
import { DlletError } from '../../../definition/errors.js';
import type { Protocol } from './types.js';

type Range = { readonly protocol: Protocol; readonly startPort: number } & (
  | { readonly numberOfPorts: number }
  | { readonly endPort: number }
);

/** `TCP ports 5000-5019`, or `TCP port 5000`. */
export function rangeWords(range: Range): string {
  return `${range.protocol.toUpperCase()} ${portWords(range.startPort, endOf(range))}`;
}

/** `ports 5000-5019`, or `port 5000`. */
export function portWords(startPort: number, endPort: number): string {
  return endPort === startPort ? `port ${startPort}` : `ports ${startPort}-${endPort}`;
}

/** `1 port`, `2 ports`. */
export function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

export const isOrAre = (range: Range): string => (endOf(range) === range.startPort ? 'is' : 'are');

const endOf = (range: Range) => ('endPort' in range ? range.endPort : range.startPort + range.numberOfPorts - 1);

/** `deed` names the action, such as "Moving the dynamic range". */
export function lacksElevation(deed: string, cause?: unknown): DlletError {
  return new DlletError({
    id: 'AccessDenied',
    category: 'PermissionDenied',
    message: `${deed} needs administrator rights, and this session is not elevated.`,
    recommendedAction:
      'Run the command in an elevated session of a member of the Administrators group ("Run as administrator").',
    cause,
  });
}

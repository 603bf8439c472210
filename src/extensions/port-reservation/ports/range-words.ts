/** Words that the changes of ranges share. */
import { DlletError } from '../../../definition/errors.js';
import type { Protocol } from './types.js';

type Range = { readonly protocol: Protocol; readonly startPort: number } & (
  | { readonly numberOfPorts: number }
  | { readonly endPort: number }
);

/** `TCP ports 5000-5019`, or `TCP port 5000`. */
export function rangeWords(range: Range): string {
  const { protocol, startPort } = range;
  const endPort = endOf(range);
  return `${protocol.toUpperCase()} ${endPort === startPort ? `port ${startPort}` : `ports ${startPort}-${endPort}`}`;
}

export const isOrAre = (range: Range): string => (endOf(range) === range.startPort ? 'is' : 'are');

const endOf = (range: Range) => ('endPort' in range ? range.endPort : range.startPort + range.numberOfPorts - 1);

/** `deed`: such as "Moving the dynamic range". */
export function lacksElevation(deed: string, cause?: unknown): DlletError {
  return new DlletError({
    id: 'AccessDenied',
    category: 'PermissionDenied',
    message: `${deed} needs administrator rights, and this session is not elevated.`,
    recommendedAction:
      'Run this from an elevated session of a member of the Administrators group ("Run as administrator").',
    cause,
  });
}

/** The errors of listing the ports in use. */
import { DlletError, messageOf } from '../../../definition/errors.js';

/** The error for a source that cannot be read. Without it, the result would look like "no port is in use". */
export function portUseUnavailable(source: string, cause: unknown): DlletError {
  return new DlletError({
    id: 'PortUseUnavailable',
    category: 'ResourceUnavailable',
    message: `The ports in use cannot be read from ${source}: ${messageOf(cause)}`,
    recommendedAction: `Check that you have the rights to use ${source}, and try again.`,
    data: { source },
    cause,
  });
}

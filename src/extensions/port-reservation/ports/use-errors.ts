/** What goes wrong when the ports in use are asked for. */
import { DlletError, messageOf } from '../../../definition/errors.js';

/** The source of the platform cannot be read, or says something that is not understood: never "no port is in use". */
export function portUseUnavailable(source: string, cause: unknown): DlletError {
  return new DlletError({
    id: 'PortUseUnavailable',
    category: 'ResourceUnavailable',
    message: `The ports in use cannot be read from ${source}: ${messageOf(cause)}`,
    recommendedAction: `Check that this program may use ${source}, and try again.`,
    data: { source },
    cause,
  });
}

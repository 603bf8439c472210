/** The extension's part of a verification, in the form that `verify.cjs` needs. */
import { UsageError } from '../../../cli/usage.js';
import type { OptionValues, VerificationPart } from '../../../verification/verification-part.js';
import { lookupWithNull, runGuard } from './helpers.js';

export const verification: VerificationPart = {
  name: 'port-reservation',
  usage: [
    '--region <port>         the first of 100 ports to work with (default: chosen from unused ports)',
    '--with-netsh-block      also briefly excludes 20 ports with netsh, to test the functions on them',
  ],
  options: { region: { type: 'string' }, 'with-netsh-block': { type: 'boolean' } },
  checkOptions: (values) => void regionOf(values),
  helpers: {
    guard: ({ definition, library }) => runGuard(definition, library),
    'null-pointer': ({ definition, library, args }) => lookupWithNull(definition, library, args),
  },
  open: async (context) => {
    const { openRun } = await import('./run.js');
    const { options } = context;
    return openRun(context, { region: regionOf(options), mayUseNetsh: options['with-netsh-block'] === true });
  },
};

function regionOf({ region }: OptionValues): number | undefined {
  if (region === undefined) return undefined;
  const port = Number(region);
  if (Number.isInteger(port) && port >= 1 && port <= 65_436) return port;
  throw new UsageError(`--region must be a port from 1 to 65436, not '${region}'`);
}

/** Finds out whether a program can bind ports, by binding each one and releasing it at once. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DlletError } from '../../../definition/errors.js';
import { openPortBinder, type PortBinder } from '../native/bind-probe.js';
import type { BindProbe, Protocol } from './types.js';

export interface BindProbeOptions {
  readonly protocol: Protocol;
  /** A literal local address: 0.0.0.0, ::, 127.0.0.1, fe80::1%eth0 . `::` asks about IPv6 only. */
  readonly address: string;
  /** The platform whose sockets are used; default: that of the process. */
  readonly platform?: NodeJS.Platform | undefined;
  /** Called from time to time with the number of ports that are done. */
  readonly progress?: ((done: number, of: number) => void) | undefined;
}

/**
 * Returns one result for each port, in the order given. Codes are Node's names (EADDRINUSE, EACCES, EADDRNOTAVAIL,
 * EAFNOSUPPORT).
 *
 * Port 0 gets `failed`, EINVAL, without a bind: to the system it means "any free port", so the bind would always
 * succeed. It is accepted so that callers can ask about the whole range from 0 to 65535.
 *
 * Rejects with DlletError `InvalidParameter` (not an integer from 0 to 65535, or not an address; no port is bound
 * then), `PlatformNotSupported`, or `BindProbeUnavailable` (out of sockets, so there is no result for any port).
 */
export async function probeBind(ports: Iterable<number>, options: BindProbeOptions): Promise<BindProbe[]> {
  const wanted = Array.from(ports, checkedPort);
  const { protocol, address, platform = process.platform, progress } = options;
  const tryBind = openPortBinder({ protocol, address, platform });
  const probes: BindProbe[] = [];
  let sliceEnd = performance.now() + SLICE_MILLISECONDS;
  for (const port of wanted) {
    probes.push(probeOf(port, tryBind));
    if (performance.now() < sliceEnd) continue;
    progress?.(probes.length, wanted.length);
    await nextTurn();
    sliceEnd = performance.now() + SLICE_MILLISECONDS;
  }
  return probes;
}

const HIGHEST_PORT = 65_535;

/** The time in milliseconds after which the event loop gets a turn. */
const SLICE_MILLISECONDS = 15;

function probeOf(port: number, tryBind: PortBinder): BindProbe {
  const code = port === 0 ? 'EINVAL' : tryBind(port);
  return code === null ? { port, outcome: 'bound' } : { port, outcome: 'failed', code };
}

function checkedPort(port: number): number {
  if (Number.isInteger(port) && port >= 0 && port <= HIGHEST_PORT) return port;
  throw new DlletError({
    id: 'InvalidParameter',
    category: 'InvalidArgument',
    message: `${port} is not a port.`,
    recommendedAction: `Give whole numbers from 0 to ${HIGHEST_PORT}.`,
    data: { port },
  });
}

/**
 * Starts and stops services of Windows with sc.exe and net.exe of the system directory. net.exe waits until the service
 * has started or stopped. sc.exe prints the state as a number, which does not depend on the display language.
 */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DlletError, messageOf } from '../../../definition/errors.js';
import type { ServiceControl, ServiceState } from '../ports/machine.js';
import { excerptOf, locateSystemProgram, type NetshOptions, netshCall, unsupported } from './netsh.js';
import { type ProgramResult, runProgram } from './netsh-run.js';

/** ERROR_SERVICE_DOES_NOT_EXIST: the exit code of `sc query` for a service that is not installed. */
const NOT_INSTALLED = 1060;
/** SERVICE_STOPPED and SERVICE_STOP_PENDING. In every other state the service is running, or is about to be. */
const STATES: Readonly<Record<number, ServiceState>> = { 1: 'stopped', 3: 'stopping' };
/** net.exe waits about 20 seconds for a service. With this limit, all steps together take less than a minute. */
const TIMEOUT_MS = 25_000;
const PAUSE_MS = 500;

export interface ServiceControlOptions extends Omit<NetshOptions, 'netshPath'> {
  /** How long `pause` takes; default 500 ms. */
  readonly pauseMs?: number;
}

/** Rejects with DlletError `ServiceFailed`, or `PlatformNotSupported` on systems other than Windows. */
export function createServiceControl(options: ServiceControlOptions = {}): ServiceControl {
  const { platform = process.platform, run = runProgram, pauseMs = PAUSE_MS } = options;
  const ask = async (program: string, ...args: string[]): Promise<ProgramResult> => {
    if (platform !== 'win32') throw unsupported(platform);
    const file = await locateSystemProgram(program, options);
    return run(netshCall(file, args, TIMEOUT_MS)).catch((cause: unknown) => {
      throw serviceFailed(
        args[1] ?? '',
        `${path.win32.basename(file)} could not be started: ${messageOf(cause)}`,
        cause,
      );
    });
  };
  const order = (verb: 'start' | 'stop') => async (service: string) => {
    const result = await ask('net.exe', verb, service);
    if (result.status !== 0) throw serviceFailed(service, `net ${verb} ${service} ${outcomeOf(result)}`);
  };
  return {
    async state(service): Promise<ServiceState> {
      const result = await ask('sc.exe', 'query', service);
      if (result.status === NOT_INSTALLED) return 'absent';
      const number = stateNumber(result.stdout.toString('latin1'));
      if (result.status !== 0 || number === undefined)
        throw serviceFailed(service, `sc query ${service} ${outcomeOf(result)}`);
      return STATES[number] ?? 'running';
    },
    stop: order('stop'),
    start: order('start'),
    pause: () => sleep(pauseMs),
  };
}

/** Returns the second labelled number of `sc query`: the first is TYPE, the second STATE. The labels are translated. */
function stateNumber(text: string): number | undefined {
  const [, state] = [...text.matchAll(/^[^:\r\n]*: +(\d+) /gm)];
  return state === undefined ? undefined : Number(state[1]);
}

function outcomeOf(result: ProgramResult): string {
  const printed = excerptOf(result);
  const ending = result.failure ?? `ended with exit status ${result.status}`;
  return printed === '' ? `${ending} and printed nothing` : `${ending} and printed "${printed}"`;
}

function serviceFailed(service: string, problem: string, cause?: unknown): DlletError {
  return new DlletError({
    id: 'ServiceFailed',
    category: 'ResourceUnavailable',
    message: `The service ${service} cannot be controlled: ${problem}.`,
    recommendedAction: `Run the command in an elevated session ("Run as administrator"), and check the service with Get-Service ${service}.`,
    data: { service },
    cause,
  });
}

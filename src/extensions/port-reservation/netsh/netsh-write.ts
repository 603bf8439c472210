/**
 * Changes the excluded and dynamic port ranges of Windows through netsh, because no API does. All of it needs an
 * elevated process.
 *
 * Commands: Microsoft Learn, "netsh interface ipv4", and the help that netsh prints.
 */
import type { RangeChange, RangeWriter } from '../ports/machine.js';
import { contextOf, type NetshOptions, protocolArgument, runNetsh, storeArgument } from './netsh.js';

/** The changes reject with DlletError: `NetshFailed` with what netsh printed, or `PlatformNotSupported`. */
export function createNetshWriter(options: NetshOptions = {}): RangeWriter {
  const write = (verb: string, table: string) => async (change: RangeChange) => {
    await runNetsh(options, writeArguments(verb, table, change));
  };
  return {
    addExclusion: write('add', 'excludedportrange'),
    deleteExclusion: write('delete', 'excludedportrange'),
    // The older spelling, which every release accepts.
    setDynamicRange: write('set', 'dynamicport'),
  };
}

function writeArguments(verb: string, table: string, change: RangeChange): string[] {
  const { protocol, startPort, numberOfPorts, store } = change;
  const ports = [`startport=${startPort}`, `numberofports=${numberOfPorts}`];
  return [...contextOf(change), verb, table, protocolArgument(protocol), ...ports, storeArgument(store)];
}

/** A simulated computer with manifests for it, in a folder of their own. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { ROOT } from '../support/cli.js';
import { dlletInside, startDscInside } from '../support/cli-inside.js';
import { temporaryDirectory } from '../support/directories.js';
import { DscEngine } from '../support/dsc-engine.js';
import type { DscVersion } from '../support/dsc-manifest-rules.js';

export const ONE = 'dllet/PersistentPortReservation';
export const LIST = 'dllet/PersistentPortReservationList';
export const MODULE_FOLDER = path.join(ROOT, 'module', 'PersistentPortReservation');

export interface Computer {
  /** Folder of the manifests. */
  readonly directory: string;
  readonly state: string;
  /** An engine that runs operations in the process of the test. */
  engine(version?: DscVersion, type?: string, traceLevel?: string): DscEngine;
  /** An engine that starts the module's program for each operation. */
  programEngine(version?: DscVersion, type?: string): DscEngine;
  /** The bytes of the state file; undefined where there is none. */
  bytes(): string | undefined;
  /** `udp 5000 20`, sorted. */
  blocks(): string[];
}

/** Manifests that start the module's own program on the simulated backend. */
export async function makeComputer(...options: string[]): Promise<Computer> {
  const directory = temporaryDirectory();
  const state = path.join(temporaryDirectory(), 'state.json');
  const backend = ['--backend', 'simulated', '--state', state, ...options];
  const args = [
    'dsc',
    'manifest',
    'PersistentPortReservation',
    '--module',
    MODULE_FOLDER,
    '--out',
    directory,
    ...backend,
  ];
  expect(await dlletInside(args)).toMatchObject({ status: 0, stderr: '' });
  const bytes = () => (existsSync(state) ? readFileSync(state, 'utf8') : undefined);
  return {
    directory,
    state,
    engine: (version = '3.3', type = ONE, traceLevel = 'warn') =>
      new DscEngine({ version, directory, type, traceLevel, start: startDscInside }),
    programEngine: (version = '3.3', type = ONE) => new DscEngine({ version, directory, type }),
    bytes,
    blocks: () => {
      const { reservations = [] } = JSON.parse(bytes() ?? '{}') as { reservations?: Record<string, unknown>[] };
      return reservations.map(({ pool, startPort, numberOfPorts }) => `${pool} ${startPort} ${numberOfPorts}`).sort();
    },
  };
}

export const block = (startPort: number, numberOfPorts: number, protocol: 'Udp' | 'Tcp' = 'Udp') => ({
  protocol,
  startPort,
  numberOfPorts,
});

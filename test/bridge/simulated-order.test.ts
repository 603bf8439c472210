/** Concurrent changes on the simulated backend: each answer describes the state at its own time. */
import path from 'node:path';
import { expect, it } from 'vitest';
import { createBridge } from '../../src/bridge/bridge.js';
import { createServer } from '../../src/bridge/server.js';
import { loadDefinition } from '../../src/definition/load.js';
import { createSimulatedBackend } from '../../src/extensions/port-reservation/simulation/backend.js';
import { temporaryDirectory } from '../support/directories.js';

it('creates, refuses to create again what exists, and deletes, in order', async () => {
  const definition = await loadDefinition('PersistentPortReservation');
  const backend = createSimulatedBackend({ stateFile: path.join(temporaryDirectory(), 'state.json') });
  const lines: string[] = [];
  const server = createServer({ bridge: createBridge({ definition, backend }), send: (line) => void lines.push(line) });
  const names = ['Create', 'Create', 'Delete', 'Create', 'Create', 'Lookup'];
  const params = { StartPort: 5000, NumberOfPorts: 20 };
  const requests = names.map((name, id) => ({
    jsonrpc: '2.0',
    id,
    method: `${name}PersistentUdpPortReservation`,
    params,
  }));
  server.receive(Buffer.from(requests.map((request) => `${JSON.stringify(request)}\n`).join('')));
  await server.end();
  const replies = lines.map((line) => JSON.parse(line));
  expect(replies.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4, 5]);
  const token = { Token: expect.stringMatching(/^[1-9][0-9]*$/) };
  const exists = {
    message: 'UDP ports 5000-5019 are already reserved as this exact block.',
    data: expect.objectContaining({ id: 'PortRangeInUse', existing: token }),
  };
  expect(replies).toMatchObject([
    { result: token },
    { error: exists },
    { result: {} },
    { result: token },
    { error: exists },
    { result: token },
  ]);
  expect(replies[1].error.data.existing).toEqual(replies[0].result);
  expect(replies[4].error.data.existing).toEqual(replies[3].result);
});

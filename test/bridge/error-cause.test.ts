/** Code 32 of Create has two causes; a lookup of the same block distinguishes them. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/bridge/messages.js';
import type { CallOutcome } from '../../src/definition/execution.js';
import { loadDefinition } from '../../src/definition/load.js';
import { bench } from '../support/bridge.js';

const definition = await loadDefinition('PersistentPortReservation');
const block = { StartPort: 5000, NumberOfPorts: 20 };
const TOKEN = 2n ** 64n - 1n;

/** Outcomes by the first word of the function's name, in a backend that answers at once or later. */
function answering(outcomes: Readonly<Record<string, CallOutcome | Error>>, later = false) {
  return bench(definition, (name) => {
    const outcome = outcomes[/^(Create|Delete|Lookup)/.exec(name)?.[0] ?? ''];
    if (outcome === undefined) throw new Error(`${name} was not expected`);
    const give = () => {
      if (outcome instanceof Error) throw outcome;
      return outcome;
    };
    return later ? Promise.resolve().then(give) : give();
  });
}

const busy: CallOutcome = { returnValue: 32, outputs: {} };
const found: CallOutcome = { returnValue: 0, outputs: { Token: TOKEN } };
const absent: CallOutcome = { returnValue: 1168, outputs: {} };

describe.each([
  ['at once', false],
  ['later', true],
])('code 32 of Create, from a backend that answers %s', (_name, later) => {
  describe.each(['Udp', 'Tcp'])('%s', (protocol) => {
    const create = `CreatePersistent${protocol}PortReservation`;
    const lookup = `LookupPersistent${protocol}PortReservation`;
    const upper = protocol.toUpperCase();

    it('with a lookup that finds the block: it says so, and what is there', async () => {
      const { errorOf, backend } = answering({ Create: busy, Lookup: found }, later);
      expect(await errorOf(create, block)).toEqual({
        code: -32000,
        message: `${upper} ports 5000-5019 are already reserved as this exact block.`,
        data: {
          id: 'PortRangeInUse',
          function: create,
          win32: 32,
          symbol: 'ERROR_SHARING_VIOLATION',
          category: 'ResourceExists',
          recommendedAction: expect.stringContaining(`New-Persistent${protocol}PortReservation -PassThruExisting`),
          existing: { Token: TOKEN.toString() },
        },
      });
      expect(backend.calls).toEqual([
        { name: create, args: block },
        { name: lookup, args: block },
      ]);
    });

    it.each<[string, CallOutcome | Error]>([
      ['does not find it', absent],
      ['is denied', { returnValue: 5, outputs: {} }],
      ['fails itself', new Error('no library')],
    ])('with a lookup that %s: another use of the ports', async (_how, outcome) => {
      const { errorOf } = answering({ Create: busy, Lookup: outcome }, later);
      const error = await errorOf(create, block);
      expect(error).toMatchObject({
        code: -32000,
        message: `${upper} ports 5000-5019 cannot be reserved: at least one of them is in use, or belongs to another reservation or exclusion.`,
        data: { id: 'PortRangeInUse', win32: 32, recommendedAction: expect.stringMatching(/Test-PortBinding/) },
      });
      expect(error.data).not.toHaveProperty('existing');
      expect(error.data.recommendedAction).toContain(`-Port (5000..5019) -Protocol ${protocol}`);
    });
  });
});

it.each(['Delete', 'Lookup'])('code 32 of %s has one cause, and nothing is looked up', async (verb) => {
  const { errorOf, backend } = answering({ [verb]: busy });
  expect(await errorOf(`${verb}PersistentUdpPortReservation`, block)).toMatchObject({
    message: 'UDP ports 5000-5019 are in use.',
    data: { id: 'PortRangeInUse', category: 'ResourceBusy' },
  });
  expect(backend.calls).toHaveLength(1);
});

it.each([
  ['success', { returnValue: 0, outputs: { Token: 1n } }],
  ['another failure', { returnValue: 5, outputs: {} }],
] as const)('%s of Create is not examined', async (_name, outcome) => {
  const { call, backend } = answering({ Create: outcome });
  await call('CreatePersistentUdpPortReservation', block);
  expect(backend.calls).toHaveLength(1);
});

it("never repeats the system's words about a file", async () => {
  const words = /file|process cannot access|another process/i;
  for (const Lookup of [found, absent, new Error('broken')]) {
    for (const Create of [busy, { returnValue: 32, outputs: { Token: 0n } }]) {
      const reply: Json = JSON.stringify(
        await answering({ Create, Lookup }).call('CreatePersistentTcpPortReservation', block),
      );
      expect(reply).not.toMatch(words);
    }
  }
});

/** Replies that keep inputs for other calls: the simulation has a state. */
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bridge, createBridge } from '../../src/bridge/bridge.js';
import type { Json, Reply } from '../../src/bridge/messages.js';
import { expandDefinition } from '../../src/definition/expand.js';
import type { DefinitionSource } from '../../src/definition/types.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { emptyBackend } from '../../src/simulation/backend.js';
import { backendWithReplies } from '../../src/simulation/replies.js';
import { ROOT } from '../support/cli.js';
import { codeBlocks } from '../support/markdown.js';
import { freshStateFile } from './support/fixtures.js';

const PAGE = codeBlocks('docs/writing-definitions.md').find(({ text }) => text.includes('"keeps"'))?.text ?? '{}';

function validated(edit: (definition: { simulation: Record<string, object[]> }) => void = () => {}) {
  const definition = JSON.parse(PAGE);
  edit(definition);
  return validateDefinitionText(JSON.stringify(definition));
}

function newBridge(): Bridge {
  const definition = expandDefinition(validated().value as DefinitionSource);
  const backend = backendWithReplies(definition, emptyBackend({ stateFile: path.join(ROOT, freshStateFile()) }));
  return createBridge({ definition, backend });
}

const call = async (bridge: Bridge, method: string, params: Json) =>
  (await bridge.handle({ jsonrpc: '2.0', id: 1, method, params })) as Reply;

it('what is set is found, until it is removed, whatever is done', async () => {
  const name = fc.constantFrom('A', 'B', 'C');
  const step = fc.oneof(
    fc.record({ do: fc.constant('set' as const), name, value: fc.string() }),
    fc.record({ do: fc.constantFrom('get' as const, 'remove' as const), name }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const bridge = newBridge();
      const known = new Map<string, string>();
      for (const one of steps) {
        if (one.do === 'set') {
          const value = one.value.replaceAll('\0', '');
          expect(await call(bridge, 'setenv', { name: one.name, value })).toHaveProperty('result', {});
          known.set(one.name, value);
        } else if (one.do === 'get') {
          const reply = await call(bridge, 'getenv', { name: one.name });
          expect(reply).toHaveProperty('result.Value', known.get(one.name) ?? null);
        } else {
          const reply = await call(bridge, 'unsetenv', { name: one.name });
          if (known.delete(one.name)) expect(reply).toHaveProperty('result', {});
          else expect(reply).toHaveProperty('error.data.symbol', 'EINVAL');
        }
      }
    }),
    { numRuns: 60 },
  );
});

it('a bridge begins with nothing', async () => {
  await call(newBridge(), 'setenv', { name: 'A', value: '1' });
  expect(await call(newBridge(), 'getenv', { name: 'A' })).toHaveProperty('result.Value', null);
});

describe('a place', () => {
  it.each<[string, object, RegExp]>([
    [
      'an input that is not there',
      { keeps: { as: 'x', by: ['nme'] }, outputs: {} },
      /setenv has no input 'nme'.*'name'/,
    ],
    [
      'an output that is not there',
      { finds: { as: 'x', by: [] }, from: { Value: 'name' }, outputs: {} },
      /setenv has no output 'Value'/,
    ],
    ['nothing that is found', { from: { Value: 'name' }, outputs: {} }, /add 'finds'/],
    ['another word', { keeps: { as: 'x' }, outputs: {} }, /'by' is missing/],
  ])('is refused with %s', (_name, reply, message) => {
    const { mistakes } = validated(({ simulation }) => {
      simulation.setenv = [reply];
    });
    expect(mistakes.map((one) => one.message).join('\n')).toMatch(message);
  });
});

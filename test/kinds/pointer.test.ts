/** Values behind pointers in JSON: as a schema says them, as simulated replies have them, and to backend values and back. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createBridge } from '../../src/bridge/bridge.js';
import { expandDefinition } from '../../src/definition/expand.js';
import type { TypeExpression } from '../../src/definition/types.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { canonicalDefinition } from '../../src/definition/written/canonical.js';
import { decodeValue, encodeValue, kindOf, resolveShape, ValueError } from '../../src/kinds/index.js';
import { emptyBackend } from '../../src/simulation/backend.js';
import { backendWithReplies } from '../../src/simulation/replies.js';
import { ACCOUNTS, POINTERS } from '../support/pointers.js';

const TYPES = POINTERS.types as Readonly<Record<string, { type: TypeExpression }>>;
const shapeOf = (type: TypeExpression) => resolveShape({ type }, TYPES);

const base64 = fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString('base64'));
const text = fc.stringMatching(/^[a-zäöü ]{0,9}$/);
const row = fc.record({ name: fc.option(text), bytes: base64, wide: text });
const node = fc.record({ number: fc.integer({ min: -9, max: 9 }), label: text });

it('are what the schema says, and the same after a round', () => {
  const values = [
    ['Row', row],
    ['Node', fc.array(node, { maxLength: 3 })],
    ['LPCSTR', text],
  ] as const;
  for (const [type, arbitrary] of values) {
    const shape = shapeOf({ pointer: type });
    const validate = new Ajv2020({ strict: false }).compile(kindOf(shape).schema(shape));
    fc.assert(
      fc.property(arbitrary as fc.Arbitrary<never>, (json) => {
        expect(validate(json)).toBe(true);
        expect(encodeValue(shape, decodeValue(shape, json))).toEqual(json);
      }),
    );
  }
});

it('are refused with their place', () => {
  const refused = (type: TypeExpression, json: unknown) => () => decodeValue(shapeOf({ pointer: type }), json as never);
  expect(refused('Node', [{ number: 1, label: 'a' }, { number: 1 }])).toThrow(ValueError);
  expect(refused('Node', [{ number: 1 }])).toThrow("at [0]: lacks the field 'label'");
  expect(refused('Node', { number: 1 })).toThrow('must be an array');
  expect(refused('Row', { bytes: 'no base64', wide: '' })).toThrow('must be base64');
});

it('can be the outputs of a simulated reply, NULL among them', () => {
  const account = {
    pw_name: 'a',
    pw_passwd: 'x',
    pw_uid: 7,
    pw_gid: 7,
    pw_gecos: '',
    pw_dir: '/',
    pw_shell: '/bin/sh',
  };
  const source = {
    ...ACCOUNTS,
    simulation: {
      getpwuid: [{ given: { uid: 7 }, outputs: { Value: account } }, { outputs: { Value: null } }],
    },
  };
  expect(validateDefinitionText(JSON.stringify(source)).mistakes).toEqual([]);
  const definition = expandDefinition(canonicalDefinition(source).value);
  const backend = backendWithReplies(definition, emptyBackend({ stateFile: 'unused' }));
  const bridge = createBridge({ definition, backend });
  const call = (uid: number) => bridge.handle({ jsonrpc: '2.0', id: 1, method: 'getpwuid', params: { uid } });
  expect(call(7)).toMatchObject({ result: { Value: account } });
  expect(call(8)).toMatchObject({ result: { Value: null } });
});

/** Structs with open ends in JSON: as a schema says them, as simulated replies have them, and to backend values and back. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createBridge } from '../../src/bridge/bridge.js';
import { expandDefinition } from '../../src/definition/expand.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { canonicalDefinition } from '../../src/definition/written/canonical.js';
import { decodeValue, encodeValue, kindOf, type NamedTypes, resolveShape, sizeOf } from '../../src/kinds/index.js';
import { emptyBackend } from '../../src/simulation/backend.js';
import { backendWithReplies } from '../../src/simulation/replies.js';

const SOURCE = {
  name: 'Ends',
  library: 'ends.dll',
  types: [
    'typedef struct { BYTE flag; DWORD n; [count(n)] ULONG64 all[1]; } Numbers;',
    'typedef struct { DWORD n; [bytes(n)] WCHAR text[1]; } Words;',
    'typedef struct { BYTE n; [count(n)] BYTE data[]; } Blob;',
  ],
  functions: ['[fails(nonzero, win32)] DWORD f([out, bytes(size)] Numbers *numbers, [in] DWORD size);'],
  cmdlets: { 'Get-Number': 'f' },
};
const { value } = canonicalDefinition(SOURCE);
const shapeOf = (type: string) => resolveShape({ type }, value.types as NamedTypes);

const number = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String);
const values = {
  Numbers: fc.record({ flag: fc.nat(255), all: fc.array(number, { maxLength: 5 }) }),
  Words: fc.record({ text: fc.stringMatching(/^[a-zäöü ]{0,9}$/) }),
  Blob: fc.record({ data: fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('base64')) }),
};

it('are what the schema says, and the same after a round', () => {
  for (const [type, arbitrary] of Object.entries(values)) {
    const shape = shapeOf(type);
    const validate = new Ajv2020({ strict: false }).compile(kindOf(shape).schema(shape));
    fc.assert(
      fc.property(arbitrary as fc.Arbitrary<never>, (json) => {
        expect(validate(json)).toBe(true);
        expect(encodeValue(shape, decodeValue(shape, json))).toEqual(json);
      }),
    );
  }
});

it('have the size that C has for one element', () => {
  expect(['Numbers', 'Words', 'Blob'].map((type) => sizeOf(shapeOf(type)))).toEqual([16, 8, 2]);
});

it('can be the outputs of a simulated reply', () => {
  const outputs = { numbers: { flag: 3, all: ['1', '18446744073709551615'] } };
  const source = { ...SOURCE, simulation: { f: [{ outputs }] } };
  expect(validateDefinitionText(JSON.stringify(source)).mistakes).toEqual([]);
  const definition = expandDefinition(canonicalDefinition(source).value);
  const backend = backendWithReplies(definition, emptyBackend({ stateFile: 'unused' }));
  const bridge = createBridge({ definition, backend });
  expect(bridge.handle({ jsonrpc: '2.0', id: 1, method: 'f', params: {} })).toMatchObject({ result: outputs });
});

/** A kind that exists in no source file takes part in everything once it is registered. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createBridge } from '../../src/bridge/bridge.js';
import { expandDefinition } from '../../src/definition/expand.js';
import type { DefinitionSource } from '../../src/definition/types.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { instanceSchema } from '../../src/dsc/instance-schema.js';
import { resourceModel } from '../../src/dsc/model.js';
import { explain } from '../../src/explanation/explain.js';
import { generateModule } from '../../src/generator/generate.js';
import { kindOf, registerKind, resolveShape, sizeOf } from '../../src/kinds/index.js';
import { modelOf } from '../../src/model/model.js';
import type { FunctionModel } from '../../src/model/types.js';
import { createNativeBackend } from '../../src/native/backend.js';
import { emptyBackend } from '../../src/simulation/backend.js';
import { backendWithReplies } from '../../src/simulation/replies.js';
import { scratchDirectory } from '../native/support.js';
import { toText } from '../support/definitions.js';
import '../support/ipv4-kind.js';
import { addressDefinition, addressSource, compileAddresses } from '../support/ipv4-module.js';

// The files of a worker share their modules: what is registered here is for this file alone.
afterAll(() => void vi.resetModules());

const NETWORK_OF = '/functions/NetworkOf';

describe('a definition', () => {
  const mistakesOf = (edits: Record<string, unknown>) =>
    validateDefinitionText(toText(addressSource(edits))).mistakes.map(({ pointer, message }) => [pointer, message]);

  it('may use its types, alone and inside others', () => {
    const parts = {
      struct: [
        { name: 'From', type: 'DOTTED' },
        { name: 'More', type: { array: 'DOTTED', length: 3 } },
      ],
    };
    expect(mistakesOf({})).toEqual([]);
    expect(mistakesOf({ [`${NETWORK_OF}/parameters/2/type`]: parts })).toEqual([]);
    expect(sizeOf(resolveShape({ type: parts }, {}))).toBe(16);
  });

  it('is checked by its rules', () => {
    expect(mistakesOf({ [`${NETWORK_OF}/parameters/0/constant`]: '1.2.3' })).toContainEqual([
      `${NETWORK_OF}/parameters/0/constant`,
      "'1.2.3' is not an IPv4 address",
    ]);
    expect(mistakesOf({ '/types/Address/minimum': 1 })).toContainEqual([
      '/types/Address',
      'only an integer can have minimum, maximum or byteOrder',
    ]);
    expect(mistakesOf({ '/functions/Loopback/returns/failure': 'win32' })).toContainEqual([
      '/functions/Loopback/returns/failure',
      "'win32' does not fit a return value of this type",
    ]);
  });
});

describe('a definition in C', () => {
  const names = (lookup: string, create: string, remove: string) => ({ lookup, create, delete: remove });
  const text = toText({
    name: 'Addresses',
    library: { linux: 'libaddresses.so', win32: 'addresses.dll' },
    types: ['typedef struct RANGE { DOTTED First; DOTTED Others[2]; } RANGE;'],
    functions: [
      '[fails(nonzero, win32)] ULONG Find([in] DOTTED Address, [out] DOTTED *Network)',
      '[fails(nonzero, win32)] ULONG Add([in] DOTTED Address)',
      '[fails(nonzero, win32)] ULONG Drop([in] DOTTED Address)',
      '[fails(nonzero, win32)] ULONG Widen([in] const RANGE *Given, [out] PDOTTED Widest)',
      '[fails(never)] DOTTED Loopback(void)',
    ],
    errors: [
      {
        ...{ code: 1168, symbol: 'ERROR_NOT_FOUND', id: 'AddressNotFound', category: 'ObjectNotFound' },
        ...{ message: 'It is not there.', recommendedAction: 'Add it.' },
      },
    ],
    cmdlets: { 'Get-Address': 'Find', 'Get-Range': 'Widen', 'Get-Loopback': 'Loopback' },
    dsc: {
      Address: {
        ...{ type: 'tests/Address', version: '1.0.0', description: 'An address.', tags: [], item: 'address' },
        ...{ functions: names('Find', 'Add', 'Drop'), absentOn: ['AddressNotFound'], exitCodes: [] },
      },
    },
  });
  const definition = () => expandDefinition(validateDefinitionText(text).value as DefinitionSource);

  it('may name its types, alone, behind pointers, in structs and as what a function returns', () => {
    expect(validateDefinitionText(text).mistakes).toEqual([]);
    const { functions } = definition();
    expect(functions.Find?.parameters).toMatchObject([
      { name: 'Address', type: 'DOTTED', direction: 'in' },
      { name: 'Network', type: 'DOTTED', direction: 'out' },
    ]);
    expect(functions.Widen?.parameters[1]).toMatchObject({ type: 'DOTTED', direction: 'out' });
    expect(functions.Loopback?.returns.type).toBe('DOTTED');
  });

  it('is explained in all forms', () => {
    const [find] = modelOf(definition()).functions;
    const { c, values, request } = explain(definition(), find as FunctionModel);
    expect(c).toContain('Find(DOTTED Address, DOTTED *Network)');
    expect(values[0]).toMatchObject({ koffi: 'uint32_be', json: '192.0.2.1', powershell: 'string' });
    expect(request).toMatchObject({ params: { Address: '192.0.2.1' } });
  });

  it('has resources with its schema', () => {
    expect(instanceSchema(resourceModel(definition(), 'Address'))).toMatchObject({
      properties: { address: { type: 'string', format: 'ipv4' }, network: { type: 'string', format: 'ipv4' } },
    });
  });
});

describe('a call', () => {
  const directory = scratchDirectory();
  let bridge: ReturnType<typeof createBridge>;
  beforeAll(() => {
    const definition = addressDefinition();
    const libraryPath = compileAddresses(directory);
    bridge = createBridge({ definition, backend: createNativeBackend({ definition, libraryPath }) });
  });
  const call = (method: string, params: unknown) => bridge.callWithText(method, JSON.stringify(params));

  it('passes it on, and brings it back', () => {
    expect(call('NetworkOf', { Address: '192.168.77.200', Prefix: 20 })).toMatchObject({
      result: { Network: '192.168.64.0' },
    });
    expect(call('Loopback', {})).toMatchObject({ result: { Address: '127.0.0.1' } });
  });

  it('is what a definition says in place of the library', async () => {
    const definition = expandDefinition({
      ...addressSource(),
      simulation: { NetworkOf: [{ given: { Address: '10.1.2.3' }, outputs: { Network: '10.0.0.0' } }] },
    } as DefinitionSource);
    const backend = backendWithReplies(definition, emptyBackend({ stateFile: 'none' }));
    const reply = createBridge({ definition, backend }).callWithText('NetworkOf', '{"Address":"10.1.2.3","Prefix":8}');
    expect(await reply).toMatchObject({ result: { Network: '10.0.0.0' } });
  });

  it('is refused in its words', () => {
    expect(call('NetworkOf', { Address: '1.2.3.4.5', Prefix: 8 })).toMatchObject({
      error: {
        message: `NetworkOf: 'Address' must be an IPv4 address, not "1.2.3.4.5"`,
        data: { id: 'InvalidParameter', parameter: 'Address' },
      },
    });
  });
});

describe('a module', () => {
  const files = generateModule(addressDefinition());
  const textOf = (name: string) => files.get(name) ?? '';

  it('has parameters of its PowerShell type, and facts of its wire type', () => {
    expect(textOf('Addresses.psm1')).toMatch(/\[string\] \$Address/);
    const { cmdlets } = JSON.parse(textOf('facts.json'));
    expect(cmdlets['Get-AddressNetwork'].inputs).toContainEqual({ name: 'Address', type: 'string' });
    expect(cmdlets['Get-LoopbackAddress'].outputs).toEqual([{ name: 'Address', type: 'string' }]);
  });

  it('has tests with its sample', () => {
    expect(textOf('tests/Addresses.Tests.ps1')).toContain("Address = '192.0.2.1'");
  });
});

it('cannot be registered twice', () => {
  const kind = kindOf(resolveShape({ type: 'DOTTED' }, {}));
  expect(() => registerKind(kind)).toThrow("the kind 'ipv4' conflicts with the kind 'ipv4'");
  expect(() => registerKind({ ...kind, name: 'other' })).toThrow(/conflicts/);
});

/** A kind that exists in no source file takes part in everything once it is registered. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createBridge } from '../../src/bridge/bridge.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { generateModule } from '../../src/generator/generate.js';
import { kindOf, registerKind, resolveShape, sizeOf } from '../../src/kinds/index.js';
import { createNativeBackend } from '../../src/native/backend.js';
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
  expect(() => registerKind(kind)).toThrow("the kind 'ipv4' clashes with the kind 'ipv4'");
  expect(() => registerKind({ ...kind, name: 'other' })).toThrow(/clashes/);
});

/** A library of two functions over IPv4 addresses, and the definition of a module over it. */

import { expandDefinition } from '../../src/definition/expand.js';
import type { Definition, DefinitionSource } from '../../src/definition/types.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { compileLibrary } from '../standin/build.js';
import { type Edits, editedSample, toText } from './definitions.js';

const LIBRARY = `#include <stdint.h>
#include <string.h>
#ifdef _WIN32
#define EXPORT __declspec(dllexport)
#define STDCALL __stdcall
#else
#define EXPORT __attribute__((visibility("default")))
#define STDCALL
#endif
EXPORT uint32_t STDCALL NetworkOf(uint32_t address, uint8_t prefix, uint32_t *network);
uint32_t STDCALL NetworkOf(uint32_t address, uint8_t prefix, uint32_t *network) {
    uint8_t bytes[4];
    memcpy(bytes, &address, 4);
    for (int bit = 0; bit < 32; bit++) if (bit >= prefix) bytes[bit / 8] &= (uint8_t)~(0x80u >> bit % 8);
    memcpy(network, bytes, 4);
    return 0;
}
EXPORT uint32_t STDCALL Loopback(void);
uint32_t STDCALL Loopback(void) {
    static const uint8_t bytes[] = {127, 0, 0, 1};
    uint32_t address;
    memcpy(&address, bytes, 4);
    return address;
}
`;

/** Compiles the library into a folder. Returns its path. */
export function compileAddresses(directory: string): string {
  return compileLibrary(directory, 'addresses', LIBRARY);
}

const cmdlet = (name: string, fn: string) => ({
  name,
  function: fn,
  synopsis: 'Gets an address.',
  description: 'Gets an address.',
  output: { kind: 'object', object: `${fn}Result` },
  examples: [{ code: name, description: 'Gets one.' }],
});

const object = (fn: string, property: string) => ({
  typeName: `Addresses.${fn}`,
  description: 'An address.',
  properties: [{ name: property, from: property, description: 'The address.' }],
});

/** Returns the source of the definition; `edits` are applied last. */
export function addressSource(edits: Edits = {}): DefinitionSource {
  const plain = { callingConvention: 'stdcall', changesState: false };
  return editedSample({
    '/name': 'Addresses',
    '/variants': undefined,
    '/computed': undefined,
    '/types': { Address: { type: 'DOTTED', description: 'An address of IPv4.' } },
    '/errors': [],
    '/functions': {
      NetworkOf: {
        ...plain,
        description: 'Gives the network of an address.',
        parameters: [
          { name: 'Address', type: 'Address', direction: 'in' },
          { name: 'Prefix', type: 'BYTE', direction: 'in', maximum: 32, isSize: false },
          { name: 'Network', type: 'Address', direction: 'out' },
        ],
        returns: { type: 'ULONG', failure: 'win32' },
      },
      Loopback: {
        ...plain,
        description: 'Gives the loopback address.',
        parameters: [],
        returns: { type: 'DOTTED', failure: 'none', resultName: 'Address' },
      },
    },
    '/objects': { NetworkOfResult: object('NetworkOf', 'Network'), LoopbackResult: object('Loopback', 'Address') },
    '/cmdlets': [cmdlet('Get-AddressNetwork', 'NetworkOf'), cmdlet('Get-LoopbackAddress', 'Loopback')],
    ...edits,
  });
}

/** Returns the validated definition. Throws if it has a mistake. */
export function addressDefinition(): Definition {
  const source = addressSource();
  const { mistakes } = validateDefinitionText(toText(source));
  if (mistakes.length > 0) throw new Error(mistakes.map(({ pointer, message }) => `${pointer}: ${message}`).join('\n'));
  return expandDefinition(source);
}

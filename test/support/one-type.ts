/** Returns the mistakes of a definition with one function that writes a value of the given type. */
import { validateDefinitionText } from '../../src/definition/validate.js';

export function mistakesOfType(type: unknown): string[] {
  const source = {
    name: 'OneType',
    library: 'one.dll',
    types: { Row: { type } },
    functions: {
      Get: {
        description: 'Gets it.',
        callingConvention: 'stdcall',
        changesState: false,
        parameters: [{ name: 'row', type: 'Row', direction: 'out' }],
        returns: { type: 'void', failure: 'none' },
      },
    },
    cmdlets: { 'Get-Row': 'Get' },
  };
  return validateDefinitionText(JSON.stringify(source)).mistakes.map(
    ({ pointer, message }) => `${pointer}: ${message}`,
  );
}

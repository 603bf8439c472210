/** Proposes cmdlets for imported functions, and the objects they return, for a person to edit. */
import { singularNoun } from '../definition/nouns.js';
import { inputsOf, outputNames } from '../definition/parameters.js';
import { isOwnCommand, moduleWithCommand } from '../definition/reserved-names.js';
import type { CmdletDefinition, CmdletOutput, FunctionDefinition, ObjectDefinition } from '../definition/types.js';
import { confirmationOf, exampleOf, objectOf, returnedBy, searchPage } from '../definition/written/cmdlets.js';
import { callOf, synopsisOf } from '../definition/written/wording.js';

/** Maps the first word of a function's name to an approved verb. Any other word becomes Invoke with the whole name. */
const VERBS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    (
      'Add Clear Close Compare Complete Confirm Connect Convert Copy Debug Disable Disconnect Enable Enter Exit Expand Export ' +
      'Find Format Get Import Initialize Install Invoke Join Limit Lock Measure Merge Mount Move New Open Protect Publish Push ' +
      'Read Receive Register Remove Rename Repair Request Reset Resolve Restart Restore Resume Revoke Save Search Select Send ' +
      'Set Show Start Stop Submit Suspend Switch Test Trace Unblock Uninstall Unlock Unprotect Unregister Update Wait Write'
    )
      .split(' ')
      .map((verb) => [verb, verb]),
  ),
  Create: 'New',
  Alloc: 'New',
  Allocate: 'New',
  Make: 'New',
  Delete: 'Remove',
  Destroy: 'Remove',
  Lookup: 'Get',
  Query: 'Get',
  Enum: 'Get',
  Enumerate: 'Get',
  Is: 'Test',
  Has: 'Test',
  Check: 'Test',
  Verify: 'Test',
  Validate: 'Test',
  Terminate: 'Stop',
  Cancel: 'Stop',
  Flush: 'Clear',
  Replace: 'Set',
  Load: 'Import',
};

/** The input for a cmdlet. */
export interface ImportedFunction {
  readonly name: string;
  readonly dll: string;
  readonly definition: FunctionDefinition;
}

/**
 * Returns the cmdlet's name: `CreateThingW` becomes `New-Thing`; without a known verb it is `Invoke-` and the whole
 * name.
 */
export function cmdletName(functionName: string): string {
  const plain = functionName.replaceAll(/[^A-Za-z0-9]+(.?)/g, (_whole, next: string) => next.toUpperCase());
  const stem = plain.replace(/(?<=[a-z0-9])[AW]$/, '');
  const [, word = '', noun = ''] = /^([A-Z][a-z]+)([A-Z].*)$/.exec(stem) ?? [];
  const verb = Object.hasOwn(VERBS, word) ? VERBS[word] : undefined;
  if (verb !== undefined) return singularNoun(`${verb}-${noun}`);
  return `Invoke-${plain.replace(/^[0-9]+/, 'Function$&').replace(/^./, (first) => first.toUpperCase())}`;
}

/** Returns the cmdlet's name, or another one if PowerShell, Windows or the module itself has a command of that name. */
function proposed(functionName: string, definitionName: string): string {
  const name = cmdletName(functionName);
  const isTaken = moduleWithCommand(name) !== undefined || isOwnCommand(name, definitionName);
  return isTaken ? unshadowed(`Invoke-${upperFirst(letters(functionName))}`) : name;
}

const unshadowed = (name: string) => (moduleWithCommand(name) === undefined ? name : `${name}Function`);

/**
 * Returns the cmdlets and the objects of the functions. If two would have the same name, both get the whole name of
 * their function.
 */
export function importCmdlets(functions: readonly ImportedFunction[], definitionName: string) {
  const proposals = functions.map(({ name }) => proposed(name, definitionName));
  const keys = proposals.map((name) => name.toLowerCase());
  const objects: Record<string, ObjectDefinition> = {};
  const cmdlets = functions.map((fn, index): CmdletDefinition => {
    const proposal = proposals[index] ?? '';
    const isUnique = keys.indexOf(proposal.toLowerCase()) === keys.lastIndexOf(proposal.toLowerCase());
    const hasObject = outputNames(fn.definition).length > 0;
    const key = objectName(fn.name);
    if (hasObject) objects[key] = objectOf(key, fn.name, fn.definition, definitionName);
    return cmdletOf(fn, isUnique ? proposal : unshadowed(`Invoke-${upperFirst(letters(fn.name))}`), hasObject);
  });
  return { cmdlets, objects };
}

function cmdletOf({ name, dll, definition }: ImportedFunction, cmdlet: string, hasObject: boolean): CmdletDefinition {
  const inputs = inputsOf(definition);
  const output: CmdletOutput = hasObject ? { kind: 'object', object: objectName(name) } : { kind: 'none' };
  const names = inputs.map((one) => one.name);
  const worded = { cmdlet, called: name, library: dll, inputs: names, outputs: returnedBy(output, definition) };
  return {
    name: cmdlet,
    ...(singularNoun(cmdlet) !== cmdlet && { allowPluralNoun: true }),
    function: name,
    synopsis: synopsisOf(worded),
    description: `${callOf(worded)}\n\nImported from Win32 metadata: describe here what it does.`,
    output,
    shouldProcess: confirmationOf(name, inputs),
    examples: [exampleOf(cmdlet, name, inputs)],
    links: [searchPage(name)],
  };
}

const letters = (text: string) => text.replaceAll(/[^A-Za-z0-9]/g, '');
const upperFirst = (text: string) => text.replace(/^./, (first) => first.toUpperCase());
const objectName = (functionName: string) => `${upperFirst(letters(functionName)).slice(0, 70)}Result`;

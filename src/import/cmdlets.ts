/** Proposes cmdlets for imported functions, and the objects they return, for a person to edit. */
import { inputsOf, outputsOf } from '../definition/parameters.js';
import { INTRINSIC_MEMBERS, isOwnCommand, moduleWithCommand } from '../definition/reserved-names.js';
import type { CmdletDefinition, FunctionDefinition, ObjectDefinition, TypeExpression } from '../definition/types.js';
import { kindWithType } from '../kinds/index.js';

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
  if (verb !== undefined) return `${verb}-${noun}`;
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
    const object = objectOf(fn, definitionName);
    if (object) objects[objectName(fn.name)] = object;
    return cmdletOf(
      fn,
      isUnique ? proposal : unshadowed(`Invoke-${upperFirst(letters(fn.name))}`),
      object !== undefined,
    );
  });
  return { cmdlets, objects };
}

function cmdletOf({ name, dll, definition }: ImportedFunction, cmdlet: string, hasObject: boolean): CmdletDefinition {
  const inputs = inputsOf(definition);
  const shown = inputs.filter((one) => isSimple(one.type)).map((one) => `${one.name} {${one.name}}`);
  const target = shown.length === 0 ? 'this computer' : shown.join(', ');
  const example = [cmdlet, ...inputs.map((one) => `-${one.name} $${one.name}`)].join(' ');
  return {
    name: cmdlet,
    function: name,
    synopsis: `Calls ${name} of ${dll}.`,
    description: `Calls ${name} of ${dll}. Imported from Win32 metadata: describe here what it does.`,
    output: hasObject ? { kind: 'object', object: objectName(name) } : { kind: 'none' },
    shouldProcess: { impact: 'Medium', action: `Call ${name}`, target, query: `Call ${name} for ${target}?` },
    examples: [{ code: example, description: `Calls ${name} with the values of variables.` }],
    links: [`https://learn.microsoft.com/search/?terms=${name}`],
  };
}

/** Only built-in types fit into texts: a struct would be written field by field. */
const isSimple = (type: TypeExpression) => typeof type === 'string' && kindWithType(type) !== undefined;

function objectOf({ name, definition }: ImportedFunction, definitionName: string): ObjectDefinition | undefined {
  const { returns } = definition;
  const written = outputsOf(definition).map((one) => one.name);
  const { resultName } = returns;
  if (resultName === undefined && written.length === 0) return undefined;
  return {
    typeName: `${definitionName}.${objectName(name)}`,
    description: `What ${name} returns.`,
    properties: [
      ...(resultName === undefined ? [] : [property(resultName, `The return value of ${name}.`)]),
      ...written.map((one) => property(one, `The value of ${one} after the call.`)),
    ],
  };
}

const property = (name: string, description: string) => ({
  name: INTRINSIC_MEMBERS.has(name.toLowerCase()) ? `${name}Value` : name,
  from: name,
  description,
});

const letters = (text: string) => text.replaceAll(/[^A-Za-z0-9]/g, '');
const upperFirst = (text: string) => text.replace(/^./, (first) => first.toUpperCase());
const objectName = (functionName: string) => `${upperFirst(letters(functionName)).slice(0, 70)}Result`;

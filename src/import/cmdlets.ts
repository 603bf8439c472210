/** Proposes cmdlets for imported functions, and the objects they return, for a person to edit. */
import { singularNoun } from '../definition/nouns.js';
import { inputsOf, outputNames } from '../definition/parameters.js';
import type { CmdletDefinition, FunctionDefinition, ObjectDefinition } from '../definition/types.js';
import { confirmationOf, exampleOf, objectOf } from '../definition/written/cmdlets.js';
import { cmdletNames } from './names/cmdlet-names.js';
import { upperFirst } from './names/words.js';

/** The input for a cmdlet. */
export interface ImportedFunction {
  readonly name: string;
  readonly dll: string;
  readonly definition: FunctionDefinition;
}

/** Returns the cmdlets and the objects of the functions. */
export function importCmdlets(functions: readonly ImportedFunction[], definitionName: string) {
  const names = cmdletNames(
    functions.map(({ name }) => name),
    { definitionName },
  );
  const objects: Record<string, ObjectDefinition> = {};
  const cmdlets = functions.map((fn, index): CmdletDefinition => {
    const hasObject = outputNames(fn.definition).length > 0;
    const key = objectName(fn.name);
    if (hasObject) objects[key] = objectOf(key, fn.name, fn.definition, definitionName);
    return cmdletOf(fn, names[index] as string, hasObject);
  });
  return { cmdlets, objects };
}

function cmdletOf({ name, dll, definition }: ImportedFunction, cmdlet: string, hasObject: boolean): CmdletDefinition {
  const inputs = inputsOf(definition);
  return {
    name: cmdlet,
    ...(singularNoun(cmdlet) !== cmdlet && { allowPluralNoun: true }),
    function: name,
    synopsis: `Calls ${name} of ${dll}.`,
    description: `Calls ${name} of ${dll}. Imported from Win32 metadata: describe here what it does.`,
    output: hasObject ? { kind: 'object', object: objectName(name) } : { kind: 'none' },
    shouldProcess: confirmationOf(name, inputs),
    examples: [exampleOf(cmdlet, name, inputs)],
    links: [`https://learn.microsoft.com/search/?terms=${name}`],
  };
}

const letters = (text: string) => text.replaceAll(/[^A-Za-z0-9]/g, '');
const objectName = (functionName: string) => `${upperFirst(letters(functionName)).slice(0, 70)}Result`;

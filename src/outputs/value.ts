/**
 * One output of a function, without an object around it. The elements of an array are returned one by one; bytes are
 * returned as one array.
 */
import { resolveType } from '../definition/checks/resolve-type.js';
import { meant } from '../definition/near-names.js';
import { own } from '../definition/own.js';
import { outputType } from '../definition/parameters.js';
import type { CmdletOutputs } from '../definition/types.js';
import {
  dotnetType,
  elementOfField,
  kindOf,
  membersOf,
  powershellType,
  valueInWords,
  type WireType,
  wireTypeOf,
} from '../kinds/index.js';
import type { OutputKind } from './output-kind.js';

export const valueOutput: OutputKind<CmdletOutputs['value']> = {
  kind: 'value',
  schema: {
    description: 'one output of the function, or each element of an array',
    required: ['from'],
    properties: { from: true, each: true, rename: true },
  },
  over: 'function',
  trial: 'answer',
  check: ({ from, each, rename = {} }, { source, outputs, cmdlet, report }) => {
    if (outputs.has(from)) {
      const fn = own(source.functions, cmdlet.function ?? '');
      const type = fn && outputType(fn, from);
      const shape = type === undefined ? undefined : resolveType(source, { type });
      if (each !== undefined && shape && !elementOfField(shape, each))
        report('/each', `'${from}' has no field '${each}' with elements`);
      const fields = shape ? fieldsOf(wireTypeOf(shape), each).map(({ name }) => name) : Object.keys(rename);
      for (const name of Object.keys(rename).filter((one) => !fields.includes(one)))
        report('/rename', `'${from}' has no field '${name}'${meant(name, fields)}`);
      return;
    }
    const known = outputs.size === 0 ? 'it has none' : `it has ${[...outputs].join(', ')}`;
    report('/from', `'${from}' is not an output of ${cmdlet.function}; ${known}`);
  },
  returns: ({ from, each }, _definition, outputs) => {
    const value = outputs.find(({ name }) => name === from);
    if (!value) return [];
    const element = each === undefined ? kindOf(value.shape).element?.(value.shape) : elementOfField(value.shape, each);
    const shape = element ?? value.shape;
    return [
      {
        name: returnedType(powershellType(shape)),
        description: [
          value.description ?? `${element ? 'each element of ' : ''}${from}: ${valueInWords(shape, 'returned')}.`,
        ],
      },
    ];
  },
  members: ({ from, each, rename }, { types }) => {
    return fieldsOf(own(types.output, from), each).map(({ name, type }) => ({
      name: own(rename ?? {}, name) ?? name,
      type,
    }));
  },
  facts: ({ from, each, rename }) => ({
    kind: 'value',
    from,
    ...(each !== undefined && { each }),
    ...(rename && { rename }),
  }),
};

/** The fields of the returned objects. */
function fieldsOf(type: WireType | undefined, each: string | undefined): ReturnType<typeof membersOf> {
  const all = membersOf(type);
  return each === undefined ? all : membersOf(all.find(({ name }) => name === each)?.type);
}

/**
 * The type that Get-Member shows for an object without a type of its own. Tab completes no properties of a PSObject.
 */
const returnedType = (name: string): string =>
  name === 'psobject' ? 'System.Management.Automation.PSCustomObject' : dotnetType(name);

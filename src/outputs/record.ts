/** One object with the inputs and outputs of a call, so that the records of a pipeline can be distinguished. */
import { own } from '../definition/own.js';
import { inputNames } from '../definition/parameters.js';
import { valueInWords } from '../kinds/index.js';
import type { OutputFactsContext, OutputKind } from './output-kind.js';

export interface RecordOutput {
  readonly kind: 'record';
  /** The inputs that are properties. Absent: all. */
  readonly inputs?: readonly string[];
  /** New names for the properties. */
  readonly rename?: Readonly<Record<string, string>>;
}

declare module '../definition/types.js' {
  interface CmdletOutputs {
    readonly record: RecordOutput;
  }
}

export const recordOutput: OutputKind<RecordOutput> = {
  kind: 'record',
  schema: {
    description: 'one object with the inputs and the outputs of the function',
    properties: {
      inputs: {
        type: 'array',
        description: 'The inputs that are properties, in this order. Default: all.',
        items: { $ref: '#/$defs/identifier' },
        uniqueItems: true,
      },
      rename: true,
    },
  },
  over: 'function',
  trial: 'answer',
  check: (output, { source, cmdlet, outputs, report }) => {
    const fn = own(source.functions, cmdlet.function ?? '');
    const known = fn ? inputNames(fn) : [];
    output.inputs?.forEach((name, index) => {
      if (!known.includes(name)) report(`/inputs/${index}`, `'${name}' is not an input of ${cmdlet.function}`);
    });
    for (const name of Object.keys(output.rename ?? {}))
      if (!known.includes(name) && !outputs.has(name))
        report(`/rename/${name}`, `'${name}' is neither an input nor an output of ${cmdlet.function}`);
    const names = propertiesOf(output, known, [...outputs]).map(({ name }) => name.toLowerCase());
    const twice = names.find((name, index) => names.indexOf(name) < index);
    if (twice !== undefined) report('', `two properties are called '${twice}'; rename one of them with "rename"`);
  },
  returns: (output, _definition, outputs) => [
    {
      name: 'System.Management.Automation.PSCustomObject',
      description: [
        'The inputs and outputs of the call.',
        ...outputs.map(
          ({ name, shape, description }) =>
            `${nameOf(output, name)}: ${description ?? `${valueInWords(shape, 'returned')}.`}`,
        ),
      ],
    },
  ],
  members: (output, context) =>
    properties(output, context).map(({ name, from, isInput }) => ({
      name,
      type: own(context.types[isInput ? 'input' : 'output'], from) ?? 'any',
    })),
  facts: (output, context) => ({
    kind: 'object',
    typeName: 'System.Management.Automation.PSCustomObject',
    properties: properties(output, context).map(({ name, from, isInput }) =>
      isInput ? { name, input: from } : { name, output: from },
    ),
  }),
};

interface Property {
  readonly name: string;
  readonly from: string;
  readonly isInput: boolean;
}

const nameOf = ({ rename }: RecordOutput, from: string): string => own(rename ?? {}, from) ?? from;

const properties = (output: RecordOutput, { inputs, types }: OutputFactsContext): Property[] =>
  propertiesOf(output, inputs, Object.keys(types.output));

/** The inputs, then the outputs. A value that the function reads and writes is an output. */
function propertiesOf(output: RecordOutput, inputs: readonly string[], outputs: readonly string[]): Property[] {
  const given = (output.inputs ?? inputs).filter((from) => !outputs.includes(from));
  return [
    ...given.map((from) => ({ name: nameOf(output, from), from, isInput: true })),
    ...outputs.map((from) => ({ name: nameOf(output, from), from, isInput: false })),
  ];
}

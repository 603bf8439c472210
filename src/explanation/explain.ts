/** Explains a function from the model, its kinds and the plan of its module. */
import { libraryFile, libraryOf, libraryTitle } from '../definition/library.js';
import { isInput, isOutput } from '../definition/parameters.js';
import type { Definition } from '../definition/types.js';
import { planFunctionCmdlet } from '../generator/plan-function-cmdlet.js';
import { syntaxLine } from '../generator/render-help.js';
import { declareInC, exampleOf, type Json, powershellType, type Shape } from '../kinds/index.js';
import { cmdletsOf } from '../model/cmdlets.js';
import type { FunctionModel, Parameter, Value } from '../model/types.js';
import { describeBinding, type NativeDescription, type NativeParameter } from '../native/describe.js';
import type { ExplainedCmdlet, Explanation, ValueForms } from './explanation.js';
import { explainFailure } from './failure-words.js';
import { functionInC, parameterInC, typesInC } from './in-c.js';
import { explainOwners, explainSets } from './memory-words.js';

/** `written`: the prototype as written in the definition. */
export function explain(definition: Definition, fn: FunctionModel, written?: string): Explanation {
  const native = describeBinding(fn);
  return {
    function: fn.name,
    library: libraryTitle({ library: libraryOf(definition, fn) }),
    description: fn.description,
    written: written ?? null,
    c: functionInC(fn),
    types: typesInC(fn, definition),
    values: valuesOf(fn, native),
    native,
    request: { jsonrpc: '2.0', id: 1, method: fn.name, params: examples(fn.inputs) },
    reply: { jsonrpc: '2.0', id: 1, result: examples(fn.outputs) },
    cmdlets: explainCmdlets(definition, fn),
    failure: explainFailure(fn, libraryFile({ library: libraryOf(definition, fn) }, 'win32')),
    sets: explainSets(fn),
    owners: explainOwners(fn),
  };
}

/** The return value comes first, as in C. */
function valuesOf(fn: FunctionModel, native: NativeDescription): ValueForms[] {
  const { resultName, type } = fn.returns;
  const returned: ValueForms[] =
    resultName === undefined
      ? []
      : [{ name: resultName, role: 'output', c: declareInC(type, ''), koffi: native.returns, ...shown(fn.result) }];
  return [...returned, ...fn.parameters.map((one, index) => formsOf(one, native.parameters[index]))];
}

function formsOf(parameter: Parameter, native: NativeParameter | undefined): ValueForms {
  const { name, shape } = parameter;
  const role = roleOf(parameter);
  const forms = role === 'set' ? { json: null, powershell: null } : shown(shape);
  return { name, role, c: parameterInC(parameter), koffi: native?.memory ?? native?.type ?? '', ...forms };
}

const shown = (shape: Shape): Pick<ValueForms, 'json' | 'powershell'> => ({
  json: exampleOf(shape),
  powershell: powershellType(shape),
});

function roleOf(parameter: Parameter): ValueForms['role'] {
  if (isInput(parameter)) return isOutput(parameter) ? 'both' : 'input';
  return isOutput(parameter) ? 'output' : 'set';
}

const examples = (values: readonly Value[]): Json =>
  Object.fromEntries(values.map(({ name, shape }) => [name, exampleOf(shape)]));

function explainCmdlets(definition: Definition, fn: FunctionModel): ExplainedCmdlet[] {
  return cmdletsOf(definition).flatMap((cmdlet) => {
    if (cmdlet.calls !== 'function' || cmdlet.fn.name !== fn.name) return [];
    const { help } = planFunctionCmdlet(definition, cmdlet);
    return [
      {
        name: cmdlet.name,
        syntax: help.syntax.map((one) => syntaxLine(help, one)),
        returns: help.outputs.map(({ name }) => name).filter((name) => name !== 'None'),
      },
    ];
  });
}

/** Derives the data behind a module's Pester tests from the definition. */
import { fillDeep, spellings } from '../definition/placeholders.js';
import type {
  CodeSource,
  Definition,
  ExpandedCmdlet,
  ResourceDefinition,
  ResourceFunctions,
} from '../definition/types.js';
import { dotnetType } from '../kinds/index.js';
import { cmdletsOf } from '../model/cmdlets.js';
import type { CmdletModel, FunctionModel } from '../model/types.js';
import type { OutputKind } from '../outputs/output-kind.js';
import { outputKind } from '../outputs/registry.js';
import type { TestedCmdlet, TestedCycle, TestedQuery, TestPlan } from './plan-test-types.js';
import { refusalsOf, sampleOf } from './plan-test-values.js';
import type { CmdletPlan, ParameterPlan } from './plan-types.js';

export function planTests(definition: Definition, plans: readonly CmdletPlan[]): TestPlan {
  const cmdlets = cmdletsOf(definition).map((cmdlet, index) => ({ cmdlet, plan: plans[index] as CmdletPlan }));
  return {
    cmdlets: cmdlets.map(({ cmdlet, plan }) => planCmdlet(definition, cmdlet, plan)),
    queries: cmdlets.flatMap(({ cmdlet }) => planQuery(definition, cmdlet)),
    cycles: planCycles(definition),
    files: cmdlets
      .filter(({ cmdlet }) => outputKind(cmdlet.output).trial === 'file')
      .map(({ plan }) => ({ cmdlet: plan.name })),
  };
}

function planCmdlet(definition: Definition, cmdlet: CmdletModel, plan: CmdletPlan): TestedCmdlet {
  const sample = sampleOf(definition, cmdlet);
  return {
    cmdlet: plan.name,
    examples: cmdlet.examples.length,
    impact: plan.shouldProcess?.impact ?? '',
    parameters: plan.declared.map(planParameter),
    refusals: refusalsOf(cmdlet, sample),
    sample,
  };
}

function planParameter({ name, type, isNullable, attributes }: ParameterPlan): TestedCmdlet['parameters'][number] {
  const isMandatory = attributes.some((attribute) => attribute.includes('Mandatory'));
  return { parameter: name, type: isNullable ? `System.Nullable[${dotnetType(type)}]` : dotnetType(type), isMandatory };
}

function planQuery(definition: Definition, cmdlet: CmdletModel): TestedQuery[] {
  const { output, object, name, operation } = cmdlet;
  const sample = sampleOf(definition, cmdlet);
  const fn = cmdlet.calls === 'function' ? cmdlet.fn : undefined;
  const { changesState } = cmdlet.calls === 'function' ? cmdlet.fn : cmdlet.of;
  if (sample === undefined || changesState === true || outputKind(output).trial !== 'answer') return [];
  return [
    {
      cmdlet: name,
      sample,
      type: object?.typeName ?? '',
      properties: object?.properties.map((property) => property.name) ?? [],
      errors: fn === undefined ? [] : errorsOf(fn),
      isSimulated: operation !== undefined,
    },
  ];
}

/** The ids of the function's errors, and the ids of unknown codes. */
function errorsOf({ failure }: FunctionModel): string[] {
  if (failure.rule === undefined) return [];
  return [...new Set([...failure.errors.map(({ id }) => id), ...UNKNOWN_CODES[failure.rule.code]])];
}

/** The tests of the real system run on Windows, where a last error is a Win32 code. */
const UNKNOWN_CODES: Readonly<Record<CodeSource, readonly string[]>> = {
  win32: ['Win32Error'],
  hresult: ['Win32Error'],
  ntstatus: ['Win32Error'],
  lastError: ['Win32Error'],
  returned: ['NativeError'],
  errno: ['NativeError'],
  none: ['NativeError'],
};

/** The cmdlets that create, look up and delete the instances of a DSC resource. */
function planCycles(definition: Definition): TestedCycle[] {
  const resources = Object.values(definition.dsc);
  return cmdletsOf(definition).flatMap((create) => {
    const functions = resources
      .map((resource) => functionsOf(resource, create))
      .find((one) => one.create === create.function);
    if (functions === undefined || outputKind(create.output).tells !== 'instance') return [];
    const others = (name: string, tells: OutputKind['tells']) =>
      definition.cmdlets.find((one) => one.function === name && outputKind(one.output).tells === tells);
    const remove = others(functions.delete, 'nothing');
    const [get, test] = [others(functions.lookup, 'instance'), others(functions.lookup, 'existence')];
    const sample = sampleOf(definition, create);
    const [absent] = (test && outputKind(test.output).absentOn?.(test.output)) ?? [];
    if (!remove || !get || !test || sample === undefined || absent === undefined) return [];
    return [
      {
        create: create.name,
        remove: remove.name,
        get: get.name,
        test: test.name,
        sample,
        absent,
        exists: create.existing?.errorId ?? '',
        existingSwitch: create.existing?.switch ?? '',
      },
    ];
  });
}

/** The resource's functions for the variant of the cmdlet. */
function functionsOf({ functions }: ResourceDefinition, { terms }: ExpandedCmdlet): ResourceFunctions {
  return fillDeep(functions, spellings(terms));
}

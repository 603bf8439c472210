/** What the Pester tests of a module check, as data: everything follows from the definition. */
import type { Definition, ExpandedCmdlet } from '../definition/types.js';
import { cmdletsOf } from '../model/cmdlets.js';
import type { CmdletModel, FunctionModel } from '../model/types.js';
import { type Refusal, refusalsOf, type Sample, sampleOf } from './plan-test-values.js';
import type { CmdletPlan, ParameterPlan } from './plan-types.js';
import { dotnetType } from './powershell-types.js';

/** A cmdlet as the tests see it. */
export interface TestedCmdlet {
  readonly cmdlet: string;
  readonly examples: number;
  /** The ConfirmImpact of what can be asked about; empty for what changes nothing. */
  readonly impact: string;
  readonly parameters: readonly { parameter: string; type: string; isMandatory: boolean }[];
  /** Calls that are refused before anything is called. */
  readonly refusals: readonly Refusal[];
  /** Parameters of a call; undefined where the generator knows none. */
  readonly sample: Sample | undefined;
}

/** A cmdlet that asks and changes nothing. */
export interface TestedQuery {
  readonly cmdlet: string;
  readonly sample: Sample;
  /** Type and properties of what it returns; empty where it returns no object of the module. */
  readonly type: string;
  readonly properties: readonly string[];
  /** What may be the answer on a real system in place of a result. */
  readonly errors: readonly string[];
  /** True where the simulated backend has an answer. */
  readonly isSimulated: boolean;
}

/** The cmdlets over what can be created, looked up and deleted again. */
export interface TestedCycle {
  readonly create: string;
  readonly remove: string;
  readonly get: string;
  readonly test: string;
  readonly sample: Sample;
  /** What the cmdlets say of what is not there, and of what is there already. */
  readonly absent: string;
  readonly exists: string;
  readonly existingSwitch: string;
}

export interface TestPlan {
  readonly cmdlets: readonly TestedCmdlet[];
  readonly queries: readonly TestedQuery[];
  readonly cycles: readonly TestedCycle[];
  /** Cmdlets that write a file. */
  readonly files: readonly { cmdlet: string }[];
}

export function planTests(definition: Definition, plans: readonly CmdletPlan[]): TestPlan {
  const cmdlets = cmdletsOf(definition).map((cmdlet, index) => ({ cmdlet, plan: plans[index] as CmdletPlan }));
  return {
    cmdlets: cmdlets.map(({ cmdlet, plan }) => planCmdlet(definition, cmdlet, plan)),
    queries: cmdlets.flatMap(({ cmdlet }) => planQuery(definition, cmdlet)),
    cycles: planCycles(definition),
    files: cmdlets.filter(({ cmdlet }) => cmdlet.output.kind === 'file').map(({ plan }) => ({ cmdlet: plan.name })),
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

function planParameter({ name, type, attributes }: ParameterPlan): TestedCmdlet['parameters'][number] {
  const isMandatory = attributes.some((attribute) => attribute.includes('Mandatory'));
  return { parameter: name, type: dotnetType(type), isMandatory };
}

function planQuery(definition: Definition, cmdlet: CmdletModel): TestedQuery[] {
  const { output, object, name, operation } = cmdlet;
  const sample = sampleOf(definition, cmdlet);
  const fn = cmdlet.calls === 'function' ? cmdlet.fn : undefined;
  if (sample === undefined || fn?.changesState === true || output.kind === 'socket' || output.kind === 'file')
    return [];
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

/** The ids of what a function can report, and of any other code. */
function errorsOf({ failure }: FunctionModel): string[] {
  if (failure.strategy === 'none') return [];
  return [...new Set([...failure.errors.map(({ id }) => id), 'Win32Error'])];
}

function planCycles(definition: Definition): TestedCycle[] {
  return cmdletsOf(definition).flatMap((create) => {
    const pool = poolOf(definition, create, 'create');
    if (pool === undefined || create.output.kind !== 'object') return [];
    const others = (operation: string, kind: string) =>
      definition.cmdlets.find((one) => poolOf(definition, one, operation) === pool && one.output.kind === kind);
    const [remove, get, test] = [others('delete', 'none'), others('lookup', 'object'), others('lookup', 'boolean')];
    const sample = sampleOf(definition, create);
    const absent = test?.output.kind === 'boolean' ? test.output.falseOn[0] : undefined;
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

/** Of what the cmdlet's function does this to, when the simulated backend knows it. */
function poolOf(definition: Definition, cmdlet: ExpandedCmdlet, operation: string): string | undefined {
  const simulation = definition.functions[cmdlet.function ?? '']?.simulation;
  return simulation?.operation === operation ? `${simulation.model} ${simulation.pool}` : undefined;
}

/**
 * Describes what koffi gets for a function: the declaration of the binding, and the memory of its parameters on this
 * machine.
 */
import type { NativeType } from '../kinds/index.js';
import type { FunctionModel, Parameter } from '../model/types.js';
import { type BindingPlan, planBinding } from './binding.js';
import { callbackOf, codecOf, countedOf, NAMES } from './marshal.js';
import { limitOf, type ParameterPlan, startOf } from './parameters.js';

export interface NativeDescription {
  readonly convention: BindingPlan['convention'];
  readonly returns: string;
  readonly parameters: readonly NativeParameter[];
  /** The code that is read right after the call; absent: none. */
  readonly lastCode?: 'lastError' | 'errno';
  /** True if the call is made on another thread. */
  readonly mayBlock: boolean;
}

export interface NativeParameter {
  readonly name: string;
  /** The type of the argument. */
  readonly type: string;
  /**
   * `value`: passed as it is; `memory`: a pointer to memory of the call; `count`: the number of elements of other
   * memory.
   */
  readonly passed: 'value' | 'memory' | 'count';
  /** What is in the memory; absent for a value. */
  readonly memory?: string;
  /** Its size in bytes; absent for a value, and for counted elements. */
  readonly bytes?: number;
  /** The elements of memory whose number another parameter holds; absent for other memory. */
  readonly elements?: NativeElements;
}

export interface NativeElements {
  /** The parameter that holds the number, and its unit. */
  readonly countedBy: string;
  readonly unit: 'elements' | 'bytes';
  /** The size of each element in bytes. */
  readonly size: number;
  /** The first and the maximum number of elements in memory that only the function fills; absent for inputs. */
  readonly start?: number;
  readonly limit?: number;
}

/** Describes the binding of a function, without a library. */
export function describeBinding(fn: FunctionModel): NativeDescription {
  const plan = planBinding(fn);
  return {
    convention: plan.convention,
    returns: nativeText(plan.result.native),
    parameters: plan.parameters.map((one, index) => describeParameter(one, fn.parameters[index] as Parameter)),
    ...(plan.lastCode && { lastCode: plan.lastCode }),
    mayBlock: plan.mayBlock,
  };
}

function describeParameter(plan: ParameterPlan, parameter: Parameter): NativeParameter {
  const { name, shape } = parameter;
  if (plan.passed === 'value') {
    const type = parameter.null === 'always' ? 'void *' : nativeText(codecOf(shape, 'argument').native);
    return { name, type, passed: 'value' };
  }
  if (plan.passed === 'count') {
    const { native, type } = plan.codec;
    if (!plan.isWritten) return { name, type: nativeText(native), passed: 'count' };
    return { name, type: 'void *', passed: 'count', memory: nativeText(native), bytes: type.size };
  }
  if (plan.passed === 'counted') return { name, type: 'void *', passed: 'memory', ...describeCounted(plan, parameter) };
  const callback = callbackOf(shape);
  if (callback) return { name, type: 'void *', passed: 'memory', memory: callbackText(callback) };
  const { native, type } = codecOf(shape, 'memory');
  return { name, type: 'void *', passed: 'memory', memory: nativeText(native), bytes: type.size };
}

function describeCounted(
  { counted }: Extract<ParameterPlan, { readonly passed: 'counted' }>,
  { shape, direction }: Parameter,
): Pick<NativeParameter, 'memory' | 'elements'> {
  const known = countedOf(shape);
  const isPlain = known === undefined || 'elementSize' in known;
  const element = isPlain ? (counted.elementSize === 2 ? 'char16' : 'uint8') : nativeText(known.element.native);
  return {
    memory: `${element} []`,
    elements: {
      countedBy: counted.by.parameter,
      unit: counted.by.unit ?? 'elements',
      size: counted.elementSize,
      ...(direction === 'out' && { start: startOf(counted), limit: limitOf(counted) }),
    },
  };
}

function callbackText({ parameters, result }: NonNullable<ReturnType<typeof callbackOf>>): string {
  const list = parameters.map(({ codec, isPointer }) => (isPointer ? 'void *' : nativeText(codec.native)));
  return `${nativeText(result.native)} (*)(${list.join(', ') || 'void'})`;
}

/** Writes a type with koffi's names. */
export function nativeText(type: NativeType): string {
  if (typeof type === 'string') return type === 'memory' ? 'void *' : (NAMES[type] ?? type);
  if ('array' in type) return `${nativeText(type.array)} [${type.length}]`;
  if ('characters' in type) return `${type.characters === 16 ? 'char16' : 'char'} [${type.length}]`;
  const [word, members] = 'struct' in type ? ['struct', type.struct] : ['union', type.union];
  const pack = type.pack === undefined ? '' : ` pack(${type.pack})`;
  // A member whose name has no letter only reserves memory.
  const shown = members.filter(([name]) => /[^_]/.test(name));
  return `${word}${pack} { ${shown.map(([name, one]) => `${name}: ${nativeText(one)}`).join('; ')} }`;
}

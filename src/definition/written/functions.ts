/** The defaults of functions, and facts about them that follow from other parts of a definition. */
import { countsIn } from '../counts.js';
import type { FunctionDefinition, HandleType, ParameterDefinition } from '../types.js';
import { changesSomething, type WrittenCmdlet } from './cmdlets.js';
import { isRecord } from './is-record.js';

/** Returns a complete function: with texts, bound counts, and the handles that it releases. */
export function completeFunction(
  fn: Partial<FunctionDefinition>,
  name: string,
  library: string,
  cmdlets: readonly WrittenCmdlet[],
  handles: ReadonlyMap<string, HandleType>,
): FunctionDefinition {
  if (!isRecord(fn)) return fn as FunctionDefinition;
  const { parameters, returns } = fn as Partial<FunctionDefinition>;
  const released = handles.get(name);
  return {
    description: `Calls ${name} of ${library}.`,
    callingConvention: 'cdecl',
    changesState: !released && changesSomething(name, cmdlets),
    ...fn,
    ...(Array.isArray(parameters) && { parameters: withBound(withReleased(parameters, released), returns) }),
    ...(isRecord(returns) && { returns: { ...returns, failure: returns.failure ?? 'none' } }),
  } as FunctionDefinition;
}

/** Collects the handles of a document, at any depth, by the function that releases them. */
export function handleTypes(document: unknown, found = new Map<string, HandleType>()): ReadonlyMap<string, HandleType> {
  if (Array.isArray(document)) for (const one of document) handleTypes(one, found);
  else if (isRecord(document)) {
    const { handle, release } = document;
    if (typeof handle === 'string' && typeof release === 'string' && !found.has(release))
      found.set(release, { ...document, handle, release });
    for (const one of Object.values(document)) handleTypes(one, found);
  }
  return found;
}

/** If a release function has exactly one plain handle parameter, that parameter is the handle it releases, even without a mark. */
function withReleased(parameters: readonly ParameterDefinition[], released: HandleType | undefined) {
  if (!released) return parameters;
  const isPlain = ({ type }: ParameterDefinition) => type === released.handle || type === 'HANDLE' || type === 'PVOID';
  const plain = parameters.filter((one) => isRecord(one) && isPlain(one) && one.constant === undefined);
  return parameters.map((one) => (plain.length === 1 && one === plain[0] ? { ...one, type: released } : one));
}

/**
 * Binds a parameter that holds the size of another one's memory. Such a parameter is not optional, whatever its page
 * says.
 */
function withBound(parameters: readonly ParameterDefinition[], returns: unknown): ParameterDefinition[] {
  const sizes = new Set(
    [...parameters, returns].flatMap((one) => {
      const by = isRecord(one) ? countsIn(one.type) : undefined;
      return by ? [by.parameter, by.written, by.each] : [];
    }),
  );
  return parameters.map((one) => {
    if (!isRecord(one) || !sizes.has(one.name) || one.constant !== undefined) return one;
    const { optional: _optional, ...rest } = one as ParameterDefinition;
    return { ...rest, bound: true };
  });
}

/** The -Reason parameter of cmdlets that change something. */
import { REASON_LIMIT } from '../bridge/audited.js';
import type { Definition } from '../definition/types.js';
import { planParameter } from './plan-parameter.js';
import type { ParameterPlan } from './plan-types.js';

/**
 * Returns whether a cmdlet over this function or operation has -Reason: it changes something and has no member of that
 * name. If it has one, only the module's Reason option remains.
 */
export function takesReason(
  definition: Definition,
  fn: { readonly parameters: readonly { readonly name: string }[]; readonly changesState?: boolean },
): boolean {
  const names = [...fn.parameters.map(({ name }) => name), ...Object.keys(definition.computed)];
  return fn.changesState === true && !names.some((name) => /^Reason$/i.test(name));
}

export const REASON_PARAMETER: ParameterPlan = planParameter({
  name: 'Reason',
  type: 'string',
  attributes: [`[ValidateLength(0, ${REASON_LIMIT})]`],
  description:
    `The reason for the change, such as a ticket number, for the audit record: at most ${REASON_LIMIT} characters. The ` +
    'default is the option AuditReason of Import-Module.',
});

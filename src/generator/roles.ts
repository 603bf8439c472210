/** The role capabilities of a module: which of its commands a restricted session (JEA) offers to whom. */
import { createHash } from 'node:crypto';
import type { Definition, ExpandedCmdlet } from '../definition/types.js';
import { outputKind } from '../outputs/registry.js';
import { bareName } from './powershell-text.js';

/** One file `RoleCapabilities/<name>.psrc`. */
export interface RolePlan {
  /** Unique on a machine, for roles are found by their name in all modules: it begins with the module's. */
  readonly name: string;
  readonly guid: string;
  readonly description: string;
  /** Names of commands, sorted as in the definition. */
  readonly commands: readonly string[];
}

/**
 * The reader's role has what changes nothing, the operator's also what does. `own` are the functions that every module has.
 *
 * Neither has a cmdlet whose output is not for such sessions: one that writes a file where its caller says would write with rights that
 * the caller lacks.
 */
export function planRoles(definition: Definition, own: readonly string[]): RolePlan[] {
  const name = bareName(definition.name);
  const offered = definition.cmdlets.filter(({ output }) => outputKind(output).isForRoles !== false);
  const reading = offered.filter((cmdlet) => !isChanging(definition, cmdlet));
  const role = (title: string, description: string, cmdlets: readonly ExpandedCmdlet[]): RolePlan => ({
    name: `${name}${title}`,
    guid: derivedGuid(definition.module.guid, `${name}${title}`),
    description,
    commands: [...cmdlets.map((cmdlet) => bareName(cmdlet.name)), ...own],
  });
  const reader = role('Reader', `The commands of ${name} that change nothing.`, reading);
  if (reading.length === offered.length) return [reader];
  return [role('Operator', `The commands of ${name}, also those that change something.`, offered), reader];
}

/** What asks before it acts changes something, whatever its function says. */
function isChanging({ functions }: Definition, cmdlet: ExpandedCmdlet): boolean {
  return cmdlet.shouldProcess !== undefined || functions[cmdlet.function ?? '']?.changesState === true;
}

/** A name-based GUID (RFC 9562, version 5) in the namespace of another one: the same every time. */
function derivedGuid(namespace: string, name: string): string {
  const digest = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest();
  digest[6] = ((digest[6] as number) & 0x0f) | 0x50;
  digest[8] = ((digest[8] as number) & 0x3f) | 0x80;
  const hex = digest.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

/** The role capabilities of a module: which commands a restricted session (JEA) offers to which role. */
import { createHash } from 'node:crypto';
import type { Definition, ExpandedCmdlet } from '../definition/types.js';
import { outputKind } from '../outputs/registry.js';
import { bareName, moduleName } from './powershell-text.js';

/** A file `RoleCapabilities/<name>.psrc`. */
export interface RolePlan {
  /** Starts with the module's name, because roles are found by name across all modules of a machine. */
  readonly name: string;
  readonly guid: string;
  readonly description: string;
  /** Command names, in the order of the definition. */
  readonly commands: readonly string[];
}

/**
 * Returns two roles: the reader has the commands that change nothing, the operator also the others. `own` are the
 * functions of every module.
 * Neither role has a cmdlet that writes a file to a path given by its caller: it would write with rights that the
 * caller lacks.
 */
export function planRoles(definition: Definition, own: readonly string[]): RolePlan[] {
  const name = moduleName(definition.name);
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

/** A cmdlet that prompts changes something, whatever its function says. */
function isChanging({ functions }: Definition, cmdlet: ExpandedCmdlet): boolean {
  return cmdlet.shouldProcess !== undefined || functions[cmdlet.function ?? '']?.changesState === true;
}

/**
 * Returns a name-based GUID (RFC 9562, version 5) in the namespace of another GUID. The same inputs give the same GUID.
 */
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

/**
 * The properties of what cmdlets write, for tab completion: as the text of PowerShell classes, which the client has parsed
 * and never runs.
 */
import { membersOf, shownType, type WireType } from '../kinds/index.js';
import type { Member } from '../outputs/output-kind.js';

/** The classes of one module: one for each shape, however many cmdlets write it. */
export class Classes {
  readonly #names = new Map<string, string>();

  /** Returns the name of the class with these properties. Undefined if there are none. */
  nameOf(members: readonly Member[]): string | undefined {
    if (members.length === 0) return undefined;
    const body = members.map(({ name, type }) => `${this.#typeOf(type)} \${${escaped(name)}};`).join('');
    const name = this.#names.get(body) ?? `Struct${this.#names.size + 1}`;
    this.#names.set(body, name);
    return name;
  }

  /** The text of all of them. */
  get text(): string {
    return [...this.#names].map(([body, name]) => `class ${name}{${body}}`).join('');
  }

  /** The elements of an array have the properties that are asked of it. */
  #typeOf(type: WireType): string {
    const name = this.nameOf(membersOf(type)) ?? shownType(type);
    return name === undefined ? '' : `[${name}]`;
  }
}

/** Of a name in braces. */
const escaped = (name: string): string => name.replace(/[`{}]/g, '`$&');

/**
 * The properties of cmdlet output, for tab completion. They are the text of PowerShell classes, which the client parses
 * but never runs.
 */
import { membersOf, shownType, type WireType } from '../kinds/index.js';
import type { Member } from '../outputs/output-kind.js';

/** The classes of one module: one for each set of properties, even if several cmdlets use it. */
export class Classes {
  readonly #names = new Map<string, string>();

  /** Returns the name of the class with these properties; undefined if there are none. */
  nameOf(members: readonly Member[]): string | undefined {
    if (members.length === 0) return undefined;
    const body = members.map(({ name, type }) => `${this.#typeOf(type)} \${${escaped(name)}};`).join('');
    const name = this.#names.get(body) ?? `Struct${this.#names.size + 1}`;
    this.#names.set(body, name);
    return name;
  }

  /** The text of all classes. */
  get text(): string {
    return [...this.#names].map(([body, name]) => `class ${name}{${body}}`).join('');
  }

  /**
   * The type of a member. For an array it is the element type, because member access on an array reaches its elements.
   */
  #typeOf(type: WireType): string {
    const name = this.nameOf(membersOf(type)) ?? shownType(type);
    return name === undefined ? '' : `[${name}]`;
  }
}

/** Escapes a name in braces. */
const escaped = (name: string): string => name.replace(/[`{}]/g, '`$&');

/** The handles that functions opened, which callers know by a text. Each is released once. */
import { DlletError } from '../definition/errors.js';
import type { Backend } from '../definition/execution.js';
import { show } from '../definition/shown.js';
import { type HandleAccess, ValueError } from '../kinds/index.js';
import type { Model } from '../model/model.js';
import type { Method } from './answer.js';
import type { Json } from './messages.js';

/** Calls the function that releases a handle. */
export type Release = (release: string, value: number | bigint) => unknown;

interface Held {
  readonly text: string;
  readonly release: string;
  readonly value: number | bigint;
  /** True while functions have only lent it: then nobody but a caller releases it. */
  isLent: boolean;
  /** How often a function returned it, and nobody has left it: a library can lend what it opened before. */
  holders: number;
  /** The calls under way that use it. */
  uses: number;
  /** True if it is to be released when no call uses it any more. */
  isLeft: boolean;
}

export class HandleTable {
  /** Tells the handles of this bridge from those of another one. */
  readonly #bridge = `${process.pid.toString(36)}${Date.now().toString(36)}`;
  readonly #held = new Map<string, Held>();
  /** The same by their numbers, without those that their callers have left. */
  readonly #byNumber = new Map<string, Held>();
  readonly #release: Release;
  #count = 0;

  constructor(release: Release) {
    this.#release = release;
  }

  /** Begins a call. `function`: its name; a call of a release function takes the handle out of the table. */
  use(name: string): HandleUse {
    return new HandleUse(this, name);
  }

  /** Keeps a handle, or counts one that is kept already. Returns its text: the function that releases it, its number among the handles of this bridge, the bridge. */
  add(value: number | bigint, release: string, isLent: boolean): string {
    const known = this.#byNumber.get(numberOf(release, value));
    if (known) {
      known.holders += 1;
      known.isLent &&= isLent;
      return known.text;
    }
    this.#count += 1;
    const text = `${release}:${this.#count}@${this.#bridge}`;
    const held = { text, release, value, isLent, holders: 1, uses: 0, isLeft: false };
    this.#held.set(text, held);
    this.#byNumber.set(numberOf(release, value), held);
    return text;
  }

  /** Returns a handle. Throws ValueError if there is none of this text that this function releases. */
  find(text: string, release: string): Held {
    const held = this.#held.get(text);
    if (held && held.release !== release)
      throw new ValueError(
        `must be a handle that ${release} releases, but ${shown(text)} is released by ${held.release}`,
      );
    if (held && !held.isLeft) return held;
    const isOurs = text.endsWith(`@${this.#bridge}`);
    throw new ValueError(
      isOurs
        ? `is the handle ${shown(text)}, which is already released`
        : `is the handle ${shown(text)}, which belongs to a bridge that has ended, or to another module`,
    );
  }

  /** Removes a handle that its release function is called for. Throws DlletError while another call uses it. */
  take(held: Held): void {
    if (held.uses > 1)
      throw new DlletError({
        id: 'InvalidParameter',
        category: 'ResourceBusy',
        message: `The handle ${shown(held.text)} is in use by another call.`,
        recommendedAction: 'Release it when the other call has finished.',
      });
    this.#remove(held);
  }

  #remove(held: Held): boolean {
    this.#byNumber.delete(numberOf(held.release, held.value));
    return this.#held.delete(held.text);
  }

  /** Releases handles that their callers have left, each after the calls that use it. Others are none of this bridge. */
  leave(texts: readonly string[]): void {
    for (const text of texts) {
      const held = this.#held.get(text);
      if (!held) continue;
      held.holders -= 1;
      if (held.holders > 0) continue;
      held.isLeft = true;
      this.#byNumber.delete(numberOf(held.release, held.value));
      this.settle(held);
    }
  }

  settle(held: Held): void {
    if (!held.isLeft || held.uses > 0 || !this.#held.delete(held.text) || held.isLent) return;
    this.#release(held.release, held.value);
  }

  /** Releases all handles, the last one first. */
  async close(): Promise<void> {
    for (const held of [...this.#held.values()].reverse()) {
      this.#remove(held);
      if (!held.isLent) await this.#release(held.release, held.value);
    }
  }
}

const numberOf = (release: string, value: number | bigint) => `${release} ${value}`;

/** The handles of one call. */
export class HandleUse implements HandleAccess {
  readonly #table: HandleTable;
  readonly #function: string;
  readonly #used: Held[] = [];

  constructor(table: HandleTable, name: string) {
    this.#table = table;
    this.#function = name;
  }

  find(text: string, release: string): number | bigint {
    const held = this.#table.find(text, release);
    held.uses += 1;
    this.#used.push(held);
    return held.value;
  }

  open(value: number | bigint, release: string, isLent: boolean): string {
    return this.#table.add(value, release, isLent);
  }

  /** The same for what a function was given and gives back: what is new in it is only lent. */
  readonly givenBack: HandleAccess = {
    find: (text, release) => this.find(text, release),
    open: (value, release) => this.open(value, release, true),
  };

  /**
   * Takes the handles that the call releases out of the table, right before it is made. Throws DlletError while another
   * call uses one.
   */
  begin(): void {
    for (const held of this.#used) if (held.release === this.#function) this.#table.take(held);
  }

  end(): void {
    for (const held of this.#used.splice(0)) {
      held.uses -= 1;
      this.#table.settle(held);
    }
  }
}

/**
 * `dllet.release`: releases the handles that a caller has left. `{"handles":["FindClose:1@..."]}`. Those that were
 * released, or that another bridge has, are no error: a caller may be the last to know.
 */
export const RELEASE = 'dllet.release';

export function releaseMethod(handles: HandleTable): Method {
  return (params) => {
    const { handles: given } = (params ?? {}) as { readonly handles?: Json };
    handles.leave(Array.isArray(given) ? given.filter((one) => typeof one === 'string') : []);
    return { result: {} };
  };
}

/** Calls a release function with the number of a handle. Nobody waits for its result, and a failure changes nothing. */
export async function releaseHandle(
  model: Model,
  backend: Backend,
  release: string,
  value: number | bigint,
): Promise<void> {
  const fn = model.functionNamed(release);
  const [parameter] = fn?.inputs ?? [];
  if (!fn || !parameter) return;
  try {
    await backend.call(fn, { [parameter.name]: value });
  } catch {
    // The library has gone, or lacks the function: the system releases the handle with the process.
  }
}

/** A handle in a message, without its bridge. */
const shown = (text: string): string => show(text.replace(/@.*$/, ''));

/** The handles that functions opened. Callers refer to them by texts. Each is released once. */
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
  /** True as long as functions have only lent it. Then only a caller releases it. */
  isLent: boolean;
  /**
   * How many times a function returned it, minus the callers that left it. A library can return a handle that it opened
   * before.
   */
  holders: number;
  /** The number of calls in progress that use it. */
  uses: number;
  /** True if it is to be released as soon as no call uses it. */
  isLeft: boolean;
}

export class HandleTable {
  /** Distinguishes the handles of this bridge from those of other bridges. */
  readonly #bridge = `${process.pid.toString(36)}${Date.now().toString(36)}`;
  readonly #held = new Map<string, Held>();
  /** The handles by their numbers, except those that their callers have left. */
  readonly #byNumber = new Map<string, Held>();
  readonly #release: Release;
  #count = 0;

  constructor(release: Release) {
    this.#release = release;
  }

  /** Begins a call. `name` is its function; a call of a release function removes the handle from the table. */
  use(name: string): HandleUse {
    return new HandleUse(this, name);
  }

  /**
   * Adds a handle, or increases the count of a known one. Returns its text: the function that releases it, its sequence
   * number in this bridge, and the bridge.
   */
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

  /** Returns a handle. Throws ValueError if there is no handle with this text that this function releases. */
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

  /** Removes a handle before its release function is called. Throws DlletError while another call uses it. */
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

  /**
   * Releases handles that their callers have left, each after the calls that use it. Ignores texts of other bridges.
   */
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

  /** The access for values that a function reads and changes: handles that are new in them are only lent. */
  readonly givenBack: HandleAccess = {
    find: (text, release) => this.find(text, release),
    open: (value, release) => this.open(value, release, true),
  };

  /**
   * Removes the handles that the call releases from the table, right before the call. Throws DlletError while another
   * call uses one of them.
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
 * `dllet.release`: releases the handles that a caller has left. `{"handles":["FindClose:1@..."]}`. A handle that is
 * already released, or that belongs to another bridge, is not an error, because the caller may not know.
 */
export const RELEASE = 'dllet.release';

export function releaseMethod(handles: HandleTable): Method {
  return (params) => {
    const { handles: given } = (params ?? {}) as { readonly handles?: Json };
    handles.leave(Array.isArray(given) ? given.filter((one) => typeof one === 'string') : []);
    return { result: {} };
  };
}

/** Calls a release function with the number of a handle. Its result is ignored, and so is a failure. */
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
    // The library is no longer there, or lacks the function: the system releases the handle with the process.
  }
}

/** The text of a handle in a message, without its bridge. */
const shown = (text: string): string => show(text.replace(/@.*$/, ''));

/** Finds the widths of enums that other files define, by trying. */

/** The storage types, the most likely first. */
const WIDTHS = ['Int32', 'Int64', 'Byte', 'Int16'] as const;

/** Enough for attributes with three such enums. */
const MOST_TRIES = 64;

export class ForeignEnums {
  /** The position in WIDTHS for each name. */
  readonly #chosen = new Map<string, number>();
  #tries = 1;

  width(name: string): (typeof WIDTHS)[number] {
    const chosen = this.#chosen.get(name) ?? 0;
    this.#chosen.set(name, chosen);
    return WIDTHS[chosen] as (typeof WIDTHS)[number];
  }

  /** Chooses the next combination, in counting order. Returns false if there is none, or after too many. */
  next(): boolean {
    this.#tries += 1;
    if (this.#tries > MOST_TRIES) return false;
    for (const [name, chosen] of this.#chosen) {
      this.#chosen.set(name, (chosen + 1) % WIDTHS.length);
      if (chosen + 1 < WIDTHS.length) return true;
    }
    return false;
  }
}

/** Tries widths for enums that other files define. */

/** What their values are stored as, the likeliest first. */
const WIDTHS = ['Int32', 'Int64', 'Byte', 'Int16'] as const;

/** More than attributes with three such enums need. */
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

  /** Chooses other widths, as one counts. False if there are none, or too many. */
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

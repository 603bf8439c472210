/** Finds the place in a written definition from a place in the canonical one. */

/** Canonical JSON pointers of parts that are written elsewhere, each with its pointer in the written definition. */
export class Places {
  readonly #moved = new Map<string, { readonly written: string; readonly isWhole: boolean }>();

  /** A part that is written at another place in the same form. */
  move(canonical: string, written: string): void {
    this.#moved.set(canonical, { written, isWhole: false });
  }

  /** A part that is written as a whole, such as a prototype: everything in it is at that place. */
  gather(canonical: string, written: string): void {
    this.#moved.set(canonical, { written, isWhole: true });
  }

  /** Returns the written place of a canonical pointer. */
  written(pointer: string): string {
    for (let end = pointer.length; end > 0; end = pointer.lastIndexOf('/', end - 1)) {
      const found = this.#moved.get(pointer.slice(0, end));
      if (found) return found.isWhole ? found.written : found.written + pointer.slice(end);
    }
    return pointer;
  }
}

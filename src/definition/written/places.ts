/** Converts places in the canonical form to places in the written definition. */

/** Maps canonical JSON pointers of parts to the pointers in the written definition, if they differ. */
export class Places {
  readonly #moved = new Map<string, { readonly written: string; readonly isWhole: boolean }>();

  /** Records a part that is at another place in the same form. */
  move(canonical: string, written: string): void {
    this.#moved.set(canonical, { written, isWhole: false });
  }

  /** Records a part that is written as a whole, such as a prototype: all its places map to that place. */
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

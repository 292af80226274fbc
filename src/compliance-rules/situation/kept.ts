/**
 * A value together with what it was made from: it is made anew only where one of these is another thing than the last
 * time. A dossier is
 * laid out at many knowledge times, and from one to the next most of what it says is the same.
 */
export class Kept<T> {
  private from: readonly unknown[] = [];
  private made: { readonly value: T } | undefined;

  /**
   * @param from everything that `make` looks at, compared by identity, always in the same order
   * @returns what was made from the same things before, or what `make` makes of them now
   */
  of(from: readonly unknown[], make: () => T): T {
    if (this.made && isSame(from, this.from)) return this.made.value;
    this.from = from;
    this.made = { value: make() };
    return this.made.value;
  }
}

function isSame(these: readonly unknown[], those: readonly unknown[]): boolean {
  if (these.length !== those.length) return false;
  for (let index = 0; index < these.length; index += 1) if (these[index] !== those[index]) return false;
  return true;
}

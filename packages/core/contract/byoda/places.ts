interface Place { readonly ours: string; readonly theirs: string; readonly whole: boolean }

/** Which place of the file a place of the contract comes from, so that a refusal names what its author can find. */
export class Places {
  readonly #known: Place[] = [{ ours: '', theirs: '', whole: false }];

  /** Everything below a place of the contract has one place in the file. */
  one(ours: string, theirs: string): void { this.#known.push({ ours, theirs, whole: false }); }

  /** A part of the contract that looks as it does in the file. */
  whole(ours: string, theirs: string): void { this.#known.push({ ours, theirs, whole: true }); }

  /** The place in the file. */
  of(at: string): string {
    // Parts are told of after what they are parts of.
    const { ours, theirs, whole } = this.#known.findLast((one) => at === one.ours || at.startsWith(`${one.ours}/`))!;
    return whole ? theirs + at.slice(ours.length) : theirs;
  }
}

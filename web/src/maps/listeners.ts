/** Who is to be told when something changes, by what it is: a record's id, or a word such as “any”. */
export class Listeners {
  private readonly all = new Map<string, Set<() => void>>();

  /** Calls back when that is told; until the function that it gives back is called. */
  subscribe(what: string, listener: () => void): () => void {
    const some = this.all.get(what) ?? new Set();
    this.all.set(what, some.add(listener));
    return () => {
      some.delete(listener);
      if (!some.size && this.all.get(what) === some) this.all.delete(what);
    };
  }

  /** Those who listen now are told; who comes or goes meanwhile changes nothing. */
  tell(what: string): void {
    for (const listener of [...(this.all.get(what) ?? [])]) listener();
  }
}

/** How this browser looks at a map: selection, cursor, what is typed in, zoom, folded stages. No framework. */

/** Where the keyboard is: a row, a column (`at`: a touchpoint, or a stage), and a record there or the bare cell. */
export interface Cursor {
  row: string;
  at: string;
  id: string | null;
}

export interface Editing {
  id: string;
  field: "title" | "says";
  /** Just added: left empty it goes away again, and Enter adds the next one. */
  fresh: boolean;
}

export interface BoardNow {
  selection: readonly string[];
  cursor: Cursor | null;
  editing: Editing | null;
  /** 1: as designed. Columns get narrower; text never goes below 11 px. */
  zoom: number;
  /** Folded stages. */
  folded: ReadonlySet<string>;
  /** Lanes that hold nothing are left out. */
  fewLanes: boolean;
  /** `several`: each click adds to what is selected, or takes out of it. */
  tool: "select" | "several" | "hand";
  /** The find bar is open. */
  finding: boolean;
}

const ZOOMS = [0.3, 0.4, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2] as const;
const LEAST = ZOOMS[0];
const MOST = ZOOMS.at(-1)!;

const LOOK = ["zoom", "folded", "fewLanes", "tool", "finding"] as const;

export type BoardLook = Pick<BoardNow, (typeof LOOK)[number]>;

const FRESH: BoardNow = {
  selection: [],
  cursor: null,
  editing: null,
  zoom: 1,
  folded: new Set(),
  fewLanes: false,
  tool: "select",
  finding: false,
};

/** One store for a map's page. `focus` counts up when the keyboard is to go where the cursor is. */
export class BoardState {
  private state: BoardNow = FRESH;
  private look: BoardLook = FRESH;
  private readonly listeners = new Set<() => void>();
  private readonly wants = new Set<(wish: string) => void>();
  private readonly waiting: string[] = [];

  get now(): BoardNow {
    return this.state;
  }

  /** What the whole board is drawn from. The same object while only the cursor, the selection or the typing moves. */
  looks = (): BoardLook => {
    if (LOOK.some((key) => this.look[key] !== this.state[key])) this.look = this.state;
    return this.look;
  };

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  set(some: Partial<BoardNow>): void {
    const changed = (Object.keys(some) as (keyof BoardNow)[]).some((key) => !same(some[key], this.state[key]));
    if (!changed) return;
    this.state = { ...this.state, ...some };
    for (const listener of [...this.listeners]) listener();
  }

  select(ids: readonly string[]): void {
    const same = ids.length === this.state.selection.length && ids.every((id, i) => id === this.state.selection[i]);
    if (!same) this.set({ selection: ids });
  }

  /** Nobody types any more in a record that is gone; whether somebody did. */
  stopTyping(isGone: (id: string) => boolean): boolean {
    const { editing } = this.state;
    if (!editing || !isGone(editing.id)) return false;
    this.set({ editing: null });
    return true;
  }

  zoomTo(zoom: number): void {
    this.set({ zoom: Math.min(MOST, Math.max(LEAST, Math.round(zoom * 100) / 100)) });
  }

  /** The next step up or down. */
  zoomBy(way: 1 | -1): void {
    const { zoom } = this.state;
    const steps = way > 0 ? ZOOMS.filter((one) => one > zoom + 0.001) : ZOOMS.filter((one) => one < zoom - 0.001);
    this.zoomTo((way > 0 ? steps[0] : steps.at(-1)) ?? zoom);
  }

  fold(stage: string, folded = !this.state.folded.has(stage)): void {
    const all = new Set(this.state.folded);
    if (folded) all.add(stage);
    else all.delete(stage);
    this.set({ folded: all });
  }

  /**
   * What only the screen can do: "focus" goes where the cursor is, "reveal" to what is selected, "fit" measures. While
   * no board is drawn, a wish waits for one.
   */
  ask(wish: string): void {
    if (this.wants.size === 0) this.waiting.push(wish);
    for (const one of [...this.wants]) one(wish);
  }

  /** The board listens to what is asked. */
  listen(one: (wish: string) => void): () => void {
    this.wants.add(one);
    for (const wish of this.waiting.splice(0)) one(wish);
    return () => {
      this.wants.delete(one);
    };
  }
}

/** The same value, or a cursor at the same place. */
function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  const [one, other] = [a as Cursor | null, b as Cursor | null];
  return Boolean(one?.row && other?.row && one.row === other.row && one.at === other.at && one.id === other.id);
}

/** The field in which a record's own words stand. */
export function wordsField(section: string): Editing["field"] {
  return section === "cards" ? "says" : "title";
}

/** Which journey one looks at: the intended one, the one that customers take, or the difference; whose, and of when. */

export type Way = "intended" | "actual" | "difference";

export interface LensNow {
  way: Way;
  /** Whose numbers: "" for everybody, else as the server writes it: "persona:maya", "channel:web", "property:plan=pro". */
  group: string;
  /** A second group, side by side with the first; "" for none. */
  beside: string;
  /** "2026-03", "2026-Q1"; "" for all of the data. */
  period: string;
}

const FRESH: LensNow = { way: "intended", group: "", beside: "", period: "" };

/** How this browser looks at a map's numbers. Nobody else sees it, and no undo touches it. */
export class Lens {
  now: LensNow = FRESH;
  private readonly listeners = new Set<() => void>();

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  read = (): LensNow => this.now;

  set(some: Partial<LensNow>): void {
    const next = { ...this.now, ...some };
    if ((Object.keys(next) as (keyof LensNow)[]).every((key) => next[key] === this.now[key])) return;
    this.now = next;
    for (const listener of [...this.listeners]) listener();
  }
}

const WAYS: readonly Way[] = ["intended", "actual", "difference"];

/** What an address keeps of it: "#way=difference&group=channel%3Aweb"; "" of the intended journey of everybody. */
export function hashOf(now: LensNow): string {
  const said = Object.entries(now).filter(([key, value]) => value !== FRESH[key as keyof LensNow]);
  return said.length ? `#${new URLSearchParams(said)}` : "";
}

/** How an address says that one looks; what it does not say, or says wrongly, is as at the beginning. */
export function lensIn(hash: string): LensNow {
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  const way = WAYS.find((one) => one === said.get("way")) ?? FRESH.way;
  return {
    way,
    group: said.get("group") ?? "",
    beside: said.get("beside") ?? "",
    period: said.get("period") ?? "",
  };
}

/** The group that is looked at, and the one beside it. */
export function groupsShown({ group, beside }: Pick<LensNow, "group" | "beside">): string[] {
  return beside && beside !== group ? [group, beside] : [group];
}

/** What has to be asked of the server so that the numbers of these groups are in the answer. */
export function groupings({ group, beside }: Pick<LensNow, "group" | "beside">): string[] {
  return [...new Set([group, beside].filter(Boolean).map(groupingOf))];
}

/** "persona" of "persona:maya", "property:plan" of "property:plan=pro", "property:city|Bonn" of that and the rest. */
export function groupingOf(group: string): string {
  const open = group.startsWith("property:") || group.startsWith("promise:");
  return (open ? group.split("=")[0] : group.split(":")[0]) ?? "";
}

/** "month" of "2026-03"; "" of no period. */
export function grainOf(period: string): string {
  if (!period) return "";
  if (period.includes("W")) return "week";
  if (period.includes("Q")) return "quarter";
  return ["year", "month", "day"][period.split("-").length - 1] ?? "";
}

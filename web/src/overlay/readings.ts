/** A map's readings, to look numbers up in. What is not in it was not measured. */
import type { Deviation, MapMeasured, Reading } from "~/contract/api";
import { NOT_MEASURED, sayInterval, sayValue } from "./say";

export interface Where {
  measure: string;
  at: string;
  group?: string;
  period?: string;
}

export class Readings {
  private readonly all = new Map<string, Reading>();

  constructor(readings: readonly Reading[]) {
    for (const one of readings) this.all.set(keyOf(one), one);
  }

  get(where: Where): Reading | undefined {
    return this.all.get(keyOf(where));
  }

  /** The reading when there is a number in it. */
  shown(where: Where): (Reading & { value: number }) | undefined {
    const found = this.get(where);
    return found && found.value !== null ? (found as Reading & { value: number }) : undefined;
  }
}

function keyOf({ measure, at, group = "", period = "" }: Where): string {
  return [measure, at, group, period].join("\u0000");
}

/** "38.2 %", or why there is no number. */
export function sayReading(one: Reading | undefined): string {
  if (!one) return NOT_MEASURED;
  return one.value === null ? one.note || NOT_MEASURED : sayValue(one.value, one.unit);
}

/** The whole evidence in one line: "Reach: 62.1 %, 95 % interval 59.4–64.8 %, n = 1,204 customers". */
export function explain(one: Reading | undefined, title: string): string {
  if (!one) return `${title}: ${NOT_MEASURED}`;
  const parts = [`${title}: ${sayReading(one)}`];
  if (one.value !== null) {
    if (one.low !== null && one.high !== null)
      parts.push(`95\u202f% interval ${sayInterval(one.low, one.high, one.unit)}`);
    if (one.unit !== "customers" && one.n !== null) parts.push(`n = ${one.n.toLocaleString("en-US")} customers`);
    if (one.note) parts.push(one.note);
  }
  return parts.join(", ");
}

/** A definition as paragraphs, without the line ends of its source. */
export function paragraphs(about: string): string[] {
  return about
    .split(/\n\s*\n/)
    .map((part) => part.replaceAll(/\s+/g, " ").trim())
    .filter(Boolean);
}

const UNITS: Readonly<Record<string, string>> = {
  share: "a share, 0 to 100\u202f%",
  s: "time",
  points: "points, −100 to +100",
  level: "a feeling, −2 to +2",
};

/** In what a measure is told. */
export function sayUnit(unit: string): string {
  const [kind = "", more] = unit.split(":");
  if (kind === "money") return `money${more ? `, in ${more}` : ""}`;
  if (kind === "score") return `a score${more ? `, ${more}` : ""}`;
  return UNITS[unit] ?? unit;
}

/** What a map's measuring found, ready to be drawn. */
export class Measured {
  readonly readings: Readings;
  private readonly deviationsAt = new Map<string, Deviation[]>();

  private readonly nextOf = new Map<string, Set<string>>();

  constructor(readonly told: MapMeasured) {
    this.readings = new Readings(told.readings);
    for (const { at } of told.readings) {
      const [from, to] = at.split(">");
      if (from && to) this.nextOf.set(from, (this.nextOf.get(from) ?? new Set()).add(to));
    }
    for (const one of told.deviations) {
      if (one.customers === null) continue;
      const here = this.deviationsAt.get(one.place) ?? [];
      here.push(one);
      this.deviationsAt.set(one.place, here);
    }
  }

  /** Where edges lead from a place that were measured: the planned ones, and those that were asked for. */
  onward(at: string): readonly string[] {
    return [...(this.nextOf.get(at) ?? [])];
  }

  /** The costliest way in which customers part from the plan at one of these places. */
  worstOf(places: ReadonlySet<string>): Deviation | undefined {
    return this.told.deviations.find((one) => one.customers !== null && places.has(one.place));
  }

  /** How customers part from the plan at a place, the costliest first. */
  deviations(place: string): readonly Deviation[] {
    return this.deviationsAt.get(place) ?? [];
  }
}

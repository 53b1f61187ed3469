/** Quarters and months between two days, as the server writes them. */
import type { Option } from "./groups";

const MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });

/** The quarters, then the months, the newest first; more than two years of months are left out. */
export function periodsBetween(from: string, to: string): Option[] {
  const [first, last] = [new Date(from), new Date(to)];
  if (Number.isNaN(first.getTime()) || Number.isNaN(last.getTime())) return [];
  const months: Option[] = [];
  const quarters = new Map<string, Option>();
  let at = Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), 1);
  while (at <= last.getTime() && months.length < 600) {
    const day = new Date(at);
    const [year, month] = [day.getUTCFullYear(), day.getUTCMonth()];
    months.push(optionOf(`${year}-${String(month + 1).padStart(2, "0")}`));
    const quarter = `${year}-Q${Math.floor(month / 3) + 1}`;
    quarters.set(quarter, optionOf(quarter));
    at = Date.UTC(year, month + 1, 1);
  }
  return [...[...quarters.values()].reverse(), ...(months.length <= 24 ? months.reverse() : [])];
}

/** "Quarter 3 of 2026", "March 2026"; another period as the server writes it. */
export function sayPeriod(period: string): string {
  const [, year, quarter] = /^(\d{4})-Q(\d)$/.exec(period) ?? [];
  if (quarter) return `Quarter ${quarter} of ${year}`;
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(period) ? MONTH.format(new Date(`${period}-01`)) : period;
}

function optionOf(period: string): Option {
  return { value: period, title: sayPeriod(period) };
}

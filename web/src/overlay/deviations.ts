/** How customers part from the plan at a place, in the words of the report. */
import type { Deviation } from "~/contract/api";
import { sayCount, sayInterval, sayValue } from "./say";

export const DEVIATIONS: Readonly<Record<string, string>> = {
  missing: "Missing",
  "ad hoc": "Ad hoc",
  repeated: "Repeated",
  "irregular order": "Irregular order",
  "wrong channel": "Wrong channel",
  late: "Late",
  failed: "Failed",
  stuck: "Stuck",
  lost: "Lost",
};

/** "Lost 20.3 %". */
export function sayDeviation(one: Deviation): string {
  const share = one.share === null ? "" : ` ${sayValue(one.share, "share")}`;
  return `${DEVIATIONS[one.kind] ?? one.kind}${share}`;
}

/** Its whole evidence: what it means, with interval and n. */
export function explainDeviation(one: Deviation): string {
  if (one.share === null || one.low === null || one.high === null || one.customers === null) return one.says;
  const interval = `95\u202f% interval ${sayInterval(one.low, one.high, "share")}`;
  return `${one.says} The share is ${sayValue(one.share, "share")} (${interval}, n = ${sayCount(one.customers)} customers).`;
}

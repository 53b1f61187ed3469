import type { IconName } from "../kit";

/** The mark of each way to part from the plan. */
export const KIND_ICONS: Readonly<Record<string, IconName>> = {
  missing: "minus",
  "ad hoc": "plus",
  repeated: "repeat",
  "irregular order": "sort",
  "wrong channel": "branch",
  late: "timer",
  failed: "error",
  stuck: "pause",
  lost: "sign-out",
};

import type { Question } from "~/session/answers";

/** Which number or finding is opened, and which of its customers. */
export interface Opened {
  measure?: string;
  at?: string;
  group?: string;
  period?: string;
  finding?: string;
  customer?: string;
}

const ASKED = ["measure", "at", "group", "period", "finding"] as const;

export function openedOf(more: unknown): Opened {
  if (typeof more !== "object" || more === null) return {};
  const given = more as Record<string, unknown>;
  const told: Opened = {};
  for (const name of [...ASKED, "customer"] as const) {
    const value = given[name];
    if (typeof value === "string" && value) told[name] = value;
  }
  return told;
}

/** What the list is asked by; undefined where no number was opened. */
export function queryOf(opened: Opened): Record<string, string> | undefined {
  if (!opened.measure && !opened.finding) return undefined;
  const said = ASKED.map((name) => [name, opened[name]]).filter(([, value]) => value) as [string, string][];
  return Object.fromEntries(said);
}

/** The first of them, so many are `shown`; `texts`: only those who wrote something. */
export function listQuestion(
  mapId: string,
  opened: Opened,
  { texts, shown }: { texts: boolean; shown: number },
): Question<"GET /api/maps/{map_id}/customers"> | undefined {
  const query = queryOf(opened);
  return (
    query && {
      operation: "GET /api/maps/{map_id}/customers",
      path: { map_id: mapId },
      query: { ...query, shown: String(shown), ...(texts && { texts: "true" }) },
    }
  );
}

/** A group of the lens, as a question about paths takes it. */
import { readSegment } from "../segments";

/** What `GET …/paths/…` takes; undefined where paths cannot be asked of such a group: a team, a kept promise, the rest. */
export function partOf(group: string, period: string): Record<string, string> | undefined {
  const when: Record<string, string> = period ? { period } : {};
  if (!group) return when;
  const segment = readSegment(group);
  if (segment) return segment.rest ? undefined : { ...when, property: `${segment.property}=${segment.value}` };
  const [kind, value] = [group.slice(0, group.indexOf(":")), group.slice(group.indexOf(":") + 1)];
  return kind === "persona" || kind === "channel" ? { ...when, [kind]: value } : undefined;
}

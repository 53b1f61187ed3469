/** Instants that are still to come, as people say them. */
const day = new Intl.DateTimeFormat("en", { day: "numeric", month: "long" });
const dayOfYear = new Intl.DateTimeFormat("en", { day: "numeric", month: "long", year: "numeric" });
const clock = new Intl.DateTimeFormat("en", { timeStyle: "short" });

/** “today at 14:00”, “tomorrow”, “in 5 days”, “3 March”. */
export function until(iso: string, now = new Date()): string {
  const then = new Date(iso);
  const days = Math.round((midnight(then) - midnight(now)) / 86_400_000);
  if (days <= 0) return `today at ${clock.format(then)}`;
  if (days === 1) return "tomorrow";
  return days < 14 ? `in ${days} days` : (then.getFullYear() === now.getFullYear() ? day : dayOfYear).format(then);
}

function midnight(one: Date): number {
  return new Date(one.getFullYear(), one.getMonth(), one.getDate()).getTime();
}

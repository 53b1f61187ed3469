import type { FocusEvent } from "react";

/** What the keyboard comes to is in sight, also when the columns that come with it are drawn a moment later. */
export function keepInSight({ currentTarget }: FocusEvent<HTMLElement>) {
  if (!currentTarget.matches(":focus-visible")) return;
  const again = () => currentTarget.scrollIntoView({ block: "nearest", inline: "nearest" });
  requestAnimationFrame(() => requestAnimationFrame(again));
}

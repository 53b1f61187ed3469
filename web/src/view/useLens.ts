import { useSyncExternalStore } from "react";
import type { Desk } from "~/commands/command";
import type { LensNow } from "~/overlay/lens";

/** Which journey is looked at, whose, and of when. */
export function useLens({ lens }: Pick<Desk, "lens">): LensNow {
  return useSyncExternalStore(lens.subscribe, lens.read);
}

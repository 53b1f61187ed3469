import type { Top } from "~/overlay/more";
import { Button } from "./kit";

/** Makes a list longer, where there is more. */
export function More({ next, says, show }: { next: Top | undefined; says: string; show: (next: Top) => void }) {
  if (!next) return null;
  return (
    <Button size="sm" icon="chevron-down" className="mt-2" onClick={() => show(next)}>
      {says}
    </Button>
  );
}

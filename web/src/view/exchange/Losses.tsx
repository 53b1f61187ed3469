import { Icon } from "~/view/kit";
import type { Kind } from "./kinds";

/** What a kind of file leaves out. */
export function Losses({ kind }: { kind: Kind }) {
  if (!kind.loses.length)
    return (
      <p className="flex gap-2 text-sm text-leaf">
        <Icon name="check" size={16} className="mt-0.5" />
        Nothing of the map is left out.
      </p>
    );
  return (
    <div className="text-sm" aria-live="polite">
      <p className="font-medium">Left out</p>
      <ul className="mt-1 list-disc space-y-0.5 pl-4 text-ink-soft">
        {kind.loses.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </div>
  );
}

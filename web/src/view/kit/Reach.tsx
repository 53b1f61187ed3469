import { Icon } from "./Icon";

const HERE = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** A word beside a link that others shall open, where it opens on this computer alone. */
export function Reach() {
  if (!HERE.test(location.hostname)) return null;
  return (
    <p className="mt-2.5 flex gap-2 text-sm text-ink">
      <Icon name="warning" size={16} className="mt-0.5 text-amber" />
      <span>
        This link opens on this computer only, because Desireline runs for you alone. To let others in, start it with{" "}
        <code className="rounded bg-sunken px-1 font-mono text-xs whitespace-nowrap">--host 0.0.0.0</code>, open it by
        this computer’s name or address, and make the link there.
      </span>
    </p>
  );
}

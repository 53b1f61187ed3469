import type { Reading } from "~/contract/api";
import { explain, sayReading } from "~/overlay/readings";

interface Props {
  /** "Reach": what the number says. */
  title: string;
  reading: Reading | undefined;
  /** Opens the customers behind it. */
  open?: ((reading: Reading) => void) | undefined;
  className?: string;
}

/** A number; its interval and n are said where it is pointed at or has the focus, and a click opens its customers. */
export function Figure({ title, reading, open, className = "" }: Props) {
  const says = explain(reading, title);
  const there = reading !== undefined && reading.value !== null;
  const look = `tabular-nums ${there ? "" : "not-measured text-ink-soft"} ${className}`;
  if (there && open)
    return (
      <button
        type="button"
        data-tip={`${says}\nOpen its customers`}
        aria-label={`${says}. Open its customers`}
        onClick={() => open(reading)}
        className={`min-h-6 rounded px-1 text-left underline decoration-line-strong decoration-dotted underline-offset-4 hover:bg-sunken ${look}`}
      >
        {sayReading(reading)}
      </button>
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: its interval is shown where it has the focus
    <span role="img" tabIndex={0} data-tip={says} aria-label={says} className={`rounded px-1 ${look}`}>
      {sayReading(reading)}
    </span>
  );
}

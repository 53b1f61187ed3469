import { type ReactNode, useLayoutEffect, useState } from "react";
import { sayInterval, sayValue } from "~/overlay/say";
import { type Ends, sayN, scale } from "~/overlay/voice";

/** What a page says as a whole, before it shows it. */
export function Says({ children }: { children: ReactNode }) {
  return <p className="max-w-prose">{children}</p>;
}

/** A heading within a page, and what stands under it. */
export function Part({ title, says, children }: { title: string; says?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} className="min-w-0">
      <h2 className="text-lg font-semibold">{title}</h2>
      {says && <p className="mt-0.5 max-w-prose text-sm text-ink-soft">{says}</p>}
      <div className="mt-3">{children}</div>
    </section>
  );
}

/** What should be known beside a page's numbers. */
export function Notes({ notes }: { notes: readonly string[] }) {
  const said = notes.filter(Boolean);
  if (!said.length) return null;
  return (
    <ul className="max-w-prose space-y-1 text-sm text-ink-soft">
      {said.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

/** A number; its interval and n are told where it is pointed at or has the focus. */
export function Value({ title, ends, unit, n }: { title: string; ends: Ends; unit: string; n?: number | null }) {
  const of = n === undefined ? "" : `, n = ${sayN(n)}`;
  const says = `${title}: ${sayValue(ends.value, unit)}, 95\u202f% interval ${sayInterval(ends.low, ends.high, unit)}${of}`;
  return <Told says={says}>{sayValue(ends.value, unit)}</Told>;
}

/** Something short whose evidence is told on pointing and on focus. */
export function Told({ says, children }: { says: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: its evidence is shown where it has the focus
    <span role="img" tabIndex={0} data-tip={says} aria-label={says} className="rounded px-1 tabular-nums">
      {children}
    </span>
  );
}

export type MarkTone = "spruce" | "coral" | "leaf" | "sky" | "faint";

const FILLS: Record<MarkTone, string> = {
  spruce: "bg-spruce",
  coral: "bg-coral",
  leaf: "bg-leaf",
  sky: "bg-sky",
  faint: "bg-line-strong",
};

/** A bar from zero with the whiskers of its interval. The number stands beside it. */
export function Bar({ ends, most, tone = "spruce" }: { ends: Ends; most: number; tone?: MarkTone }) {
  const at = scale([0, most || 1], [0, 100]);
  return (
    <span aria-hidden="true" className="relative block h-4 w-full rounded-sm bg-sunken">
      <span
        className={`absolute inset-y-0 left-0 rounded-sm opacity-75 ${FILLS[tone]}`}
        style={{ width: `${within(at(ends.value))}%` }}
      />
      <Whisker from={within(at(ends.low))} to={within(at(ends.high))} />
    </span>
  );
}

/** Dots with their intervals on one line; `zero` marks a place on it. */
export function Dots({
  marks,
  span,
  zero,
}: {
  /** The second of two is square, so that colour is not the only sign; so is one that says it. */
  marks: readonly (Ends & { tone: MarkTone; square?: boolean })[];
  span: readonly [number, number];
  zero?: number;
}) {
  const at = scale(span, [0, 100]);
  const [one, other] = marks;
  return (
    <span aria-hidden="true" className="relative block h-6 w-full">
      <span className="absolute inset-x-0 top-1/2 h-px bg-line" />
      {zero !== undefined && (
        <span className="absolute inset-y-0 w-px bg-line-strong" style={{ left: `${within(at(zero))}%` }} />
      )}
      {one && other && (
        <span
          className="absolute top-1/2 h-1 -translate-y-1/2 bg-line-strong/60"
          style={leftRight(within(at(one.value)), within(at(other.value)))}
        />
      )}
      {marks.map((mark, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: marks have no name, and stay in their order
        <span key={index}>
          <Whisker from={within(at(mark.low))} to={within(at(mark.high))} />
          <span
            className={`absolute top-1/2 size-3 -translate-1/2 border-2 border-sheet ${index || mark.square ? "rounded-none" : "rounded-full"} ${FILLS[mark.tone]}`}
            style={{ left: `${within(at(mark.value))}%` }}
          />
        </span>
      ))}
    </span>
  );
}

function Whisker({ from, to }: { from: number; to: number }) {
  return <span className="absolute top-1/2 h-0.5 -translate-y-1/2 bg-ink/70" style={leftRight(from, to)} />;
}

function leftRight(one: number, other: number) {
  return { left: `${Math.min(one, other)}%`, width: `${Math.abs(other - one)}%` };
}

function within(percent: number): number {
  return Math.min(100, Math.max(0, percent));
}

/** How wide the element is, so that a picture is drawn for the room that there is. */
export function useWidth<E extends Element>() {
  const [element, ref] = useState<E | null>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    if (!element) return;
    setWidth(element.clientWidth);
    const watch = new ResizeObserver(() => setWidth(element.clientWidth));
    watch.observe(element);
    return () => watch.disconnect();
  }, [element]);
  return [ref, width] as const;
}

import type { InitiativeTold } from "~/contract/api";
import { sayCount, sayEffect, sayEffectRange, sayValue } from "~/overlay/say";

/** How far the number has come on its way to what is expected, by the last written verdict. */
export function Progress({ one }: { one: InitiativeTold }) {
  const { progress, target } = one;
  if (!progress) return null;
  const sign = target.direction === "up" ? 1 : -1;
  const effect = sayEffect(progress.effect, progress.unit);
  const known = progress.low !== null && progress.high !== null;
  const range = known ? `, 95\u202f% interval ${sayEffectRange(progress.low!, progress.high!, progress.unit)}` : "";
  const other = progress.n_other === null ? "" : ` against ${sayCount(progress.n_other)}`;
  const expected = progress.expected ? sayEffect(sign * progress.expected, progress.unit) : "";
  const way = expected && progress.share !== null ? sayWay(progress.share, expected) : "";
  const says = `${effect}${way && `, ${way}`}${range}, n = ${sayCount(progress.n)}${other} customers`;
  const share = Math.min(1, Math.max(0, progress.share ?? 0));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: its interval is shown where it has the focus
    <div role="img" tabIndex={0} aria-label={says} data-tip={says} className="mt-2 rounded text-sm">
      <p className="flex flex-wrap justify-between gap-x-3 tabular-nums">
        <span className="font-semibold">{effect}</span>
        {way && <span className="text-ink-soft">{way}</span>}
      </p>
      {progress.share !== null && (
        <svg
          aria-hidden="true"
          viewBox="0 0 100 4"
          preserveAspectRatio="none"
          className="mt-1 h-1.5 w-full rounded-full"
        >
          <rect width="100" height="4" className="fill-line" />
          <rect width={100 * share} height="4" className={progress.share < 0 ? "fill-coral" : "fill-spruce"} />
        </svg>
      )}
    </div>
  );
}

/** How much of what was expected came; more than that is no share any more. */
function sayWay(share: number, expected: string): string {
  if (share < 0) return `the wrong way; ${expected} was expected`;
  if (share > 1) return `more than the ${expected} that was expected`;
  return `${sayValue(share, "share")} of the ${expected} that was expected`;
}

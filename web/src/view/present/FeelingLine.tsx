import { curveMonotoneX, line } from "d3-shape";
import { useMemo } from "react";
import { depthOf } from "~/maps/curve";
import type { Feeling } from "./slides";

const WIDTH = 1000;
const HEIGHT = 120;
const PAD = 14;

interface Spot {
  x: number;
  y: number;
  stage: string;
}

function spotsOf(feelings: readonly Feeling[]): (Spot | null)[] {
  return feelings.map(({ level, stage }, place) =>
    level === null
      ? null
      : { stage, x: ((place + 0.5) / feelings.length) * WIDTH, y: PAD + depthOf(level) * (HEIGHT - 2 * PAD) },
  );
}

/** The whole journey as one line; the stage that is spoken of stands out. */
export function FeelingLine({
  feelings,
  stage,
  className = "",
}: {
  feelings: readonly Feeling[];
  stage: string | undefined;
  className?: string;
}) {
  const spots = useMemo(() => spotsOf(feelings), [feelings]);
  const known = spots.filter((one) => one !== null);
  const path = useMemo(() => {
    const smooth = line<Spot | null>()
      .defined((one) => one !== null)
      .x((one) => one!.x)
      .y((one) => one!.y)
      .curve(curveMonotoneX);
    return smooth(spots) ?? "";
  }, [spots]);
  const from = feelings.findIndex((one) => one.stage === stage);
  const count = feelings.filter((one) => one.stage === stage).length;
  if (known.length < 2) return null;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className={`h-24 w-full overflow-visible ${className}`}
    >
      {from >= 0 && (
        <rect
          x={(from / feelings.length) * WIDTH}
          width={(count / feelings.length) * WIDTH}
          height={HEIGHT}
          rx="6"
          className="present-window fill-spruce-soft"
        />
      )}
      <path
        d={`M0 ${HEIGHT / 2}H${WIDTH}`}
        className="stroke-line-strong/60"
        strokeWidth="1"
        strokeDasharray="3 5"
        vectorEffect="non-scaling-stroke"
      />
      <path
        d={path}
        fill="none"
        className="stroke-spruce"
        strokeWidth="3"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
      {known.map((one) => (
        <path
          key={one.x}
          d={`M${one.x} ${one.y}h.01`}
          className={one.stage === stage ? "stroke-spruce-strong" : "stroke-spruce/70"}
          strokeWidth={one.stage === stage ? 13 : 8}
          strokeLinecap="round"
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </svg>
  );
}

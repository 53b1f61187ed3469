import { useMemo } from "react";
import type { MapSketch } from "~/contract/api";
import { HEIGHT, previewOf, WIDTH } from "./preview";

/** The small drawing of a map. It says nothing that the title beside it does not. */
export function PreviewDrawing({ sketch }: { sketch: Pick<MapSketch, "stages" | "points"> }) {
  const preview = useMemo(() => previewOf(sketch), [sketch]);
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden="true"
      className="block w-full"
      preserveAspectRatio="xMidYMid slice"
    >
      {preview.stages.map((one) => (
        <rect key={one.key} {...box(one)} rx="3" className="fill-spruce/75" />
      ))}
      {preview.points.map((one) => (
        <rect
          key={one.key}
          {...box(one)}
          rx="2.5"
          strokeWidth="1"
          strokeDasharray={one.behind ? "2 2" : undefined}
          className={one.truth ? "fill-amber-soft stroke-amber/60" : "fill-sheet stroke-line"}
        />
      ))}
      <path d={preview.area} className="fill-spruce/10" />
      <path d={preview.line} fill="none" strokeWidth="2.5" strokeLinecap="round" className="stroke-spruce" />
    </svg>
  );
}

function box({ x, y, width, height }: { x: number; y: number; width: number; height: number }) {
  return { x: x + 0.5, y, width: Math.max(1, width - 1), height };
}

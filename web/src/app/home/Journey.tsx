/** The picture of the product: straight pavement as it was planned, and the line that people tread across it. */
export function Journey({ className = "" }: { className?: string }) {
  return (
    <svg viewBox="0 0 960 260" aria-hidden="true" className={className} preserveAspectRatio="xMidYMid slice">
      {PLOTS.map(([x, y, width, height]) => (
        <rect key={`${x} ${y}`} x={x} y={y} width={width} height={height} rx="10" className="fill-sunken" />
      ))}
      {["M-20 130H980", "M232 -10V270", "M472 -10V270", "M712 -10V270"].map((d) => (
        <path
          key={d}
          d={d}
          fill="none"
          className="stroke-line"
          strokeWidth="2"
          strokeDasharray="2 9"
          strokeLinecap="round"
        />
      ))}
      <path d={PATH} fill="none" className="stroke-paper" strokeWidth="15" strokeLinecap="round" />
      <path
        d={PATH}
        fill="none"
        className="journey-path stroke-spruce"
        strokeWidth="5"
        strokeLinecap="round"
        pathLength="1"
      />
      {STOPS.map(([x, y, tone]) => (
        <g key={x}>
          <circle cx={x} cy={y} r="11" className="fill-paper" />
          <circle cx={x} cy={y} r="7.5" className={tone} />
        </g>
      ))}
    </svg>
  );
}

const PLOTS: readonly [number, number, number, number][] = [
  [12, 12, 200, 98],
  [252, 12, 200, 98],
  [492, 12, 200, 98],
  [732, 12, 216, 98],
  [12, 150, 200, 98],
  [252, 150, 200, 98],
  [492, 150, 200, 98],
  [732, 150, 216, 98],
];

const PATH = "M-10 214 C 70 214, 84 92, 176 92 S 272 196, 352 196 S 470 58, 562 58 S 660 168, 742 168 S 860 44, 970 40";

const STOPS: readonly [number, number, string][] = [
  [176, 92, "fill-spruce"],
  [352, 196, "fill-coral"],
  [562, 58, "fill-spruce"],
  [742, 168, "fill-amber"],
];

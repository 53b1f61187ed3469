/** The mark: the pavement as planned, and the path that people tread. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" width={size} height={size} className="shrink-0">
      <rect width="32" height="32" rx="8" className="fill-spruce" />
      <path
        d="M6 25.500h20"
        className="stroke-on-spruce/55"
        strokeWidth="2"
        strokeLinecap="round"
        strokeDasharray="2.5 3.5"
      />
      <path
        d="M6 21.500c4.5 0 4-13 10-13s5.5 13 10 13"
        fill="none"
        className="stroke-on-spruce"
        strokeWidth="2.8"
        strokeLinecap="round"
      />
    </svg>
  );
}

export function Logo() {
  return (
    <span className="inline-flex items-center gap-2.5">
      <Mark />
      <span className="text-base font-semibold tracking-tight">Desireline</span>
    </span>
  );
}

import type { ReactNode } from "react";

/** A short field: its label on the left, its control on the right. */
export function Line({
  label,
  id,
  hint,
  children,
}: {
  label: string;
  id?: string;
  hint?: string | undefined;
  children: ReactNode;
}): ReactNode {
  const looks = "pt-1.5 text-sm text-ink-soft";
  return (
    <div className="grid grid-cols-[7rem_minmax(0,1fr)] items-start gap-x-3 gap-y-1">
      {id ? (
        <label htmlFor={id} className={looks}>
          {label}
        </label>
      ) : (
        <span className={looks}>{label}</span>
      )}
      <div className="min-w-0">{children}</div>
      {hint && <p className="col-start-2 text-sm text-ink-soft">{hint}</p>}
    </div>
  );
}

import type { ReactNode } from "react";
import { Button, Spinner } from "./Button";
import { Icon } from "./Icon";
import type { IconName } from "./icons";

/** Nothing is there yet: says what would be, and how to begin. */
export function Empty({
  icon,
  title,
  children,
  action,
}: {
  icon?: IconName;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="mx-auto flex max-w-sm flex-col items-center px-4 py-10 text-center">
      {icon && (
        <span className="mb-3 flex size-11 items-center justify-center rounded-full bg-sunken text-ink-soft">
          <Icon name={icon} size={22} />
        </span>
      )}
      <p className="font-semibold">{title}</p>
      {children && <div className="mt-1 text-sm text-ink-soft">{children}</div>}
      {action && <div className="mt-4">{action}</div>}
    </div>
  );
}

/** Something is on its way. It shows after a moment only, so that what is quick does not flicker. */
export function Busy({ label = "Loading…" }: { label?: string }) {
  return (
    <div role="status" className="kit-late flex items-center justify-center gap-2.5 p-8 text-ink-soft">
      <Spinner />
      {label}
    </div>
  );
}

/** The place of a text or a picture that is on its way. */
export function Skeleton({ className = "h-4 w-full" }: { className?: string }) {
  return <span aria-hidden="true" className={`kit-skeleton block rounded-md bg-sunken ${className}`} />;
}

/** It did not work: what happened, and the way out. */
export function Fault({ says, retry }: { says: string; retry?: () => void }) {
  return (
    <div role="alert" className="flex flex-wrap items-center gap-3 rounded-lg bg-coral-soft px-3.5 py-2.5 text-coral">
      <Icon name="error" />
      <span className="min-w-0 flex-1 text-base">{says}</span>
      {retry && (
        <Button size="sm" onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  );
}

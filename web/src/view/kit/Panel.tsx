import { type ReactNode, useId } from "react";
import { IconButton } from "./Button";

/** The frame of what stands on the right-hand side of a map: a heading, what belongs to it, and a way to close it. */
export function Panel({
  title,
  close,
  actions,
  footer,
  children,
}: {
  title: string;
  close: () => void;
  /** Icon buttons beside the close button. */
  actions?: ReactNode;
  footer?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex h-full min-h-0 flex-col bg-sheet">
      <header className="flex h-12 shrink-0 items-center gap-1 border-b border-line pr-2 pl-4">
        <h2 id={id} className="min-w-0 flex-1 truncate text-base font-semibold">
          {title}
        </h2>
        {actions}
        <IconButton icon="close" label={`Close ${title.toLowerCase()}`} size="sm" onClick={close} />
      </header>
      <div className="relative min-h-0 flex-1 overflow-auto">{children}</div>
      {footer && <footer className="shrink-0 border-t border-line px-4 py-3">{footer}</footer>}
    </section>
  );
}

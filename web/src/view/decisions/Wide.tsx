import type { ReactNode } from "react";

/** What may be wider or longer than its place: it is moved inside, also by the keyboard. */
export function Wide({ title, className = "", children }: { title: string; className?: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard moves what does not fit
    <section aria-label={title} tabIndex={0} className={`relative overflow-auto rounded ${className}`}>
      {children}
    </section>
  );
}

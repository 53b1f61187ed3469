import type { ReactNode } from "react";
import { useTitle } from "./browser";
import { Logo } from "./Logo";

/** A page with one thing to do, for people who are not signed in, or who took a wrong turn. */
export function Alone({ title, about, children }: { title: string; about?: ReactNode; children?: ReactNode }) {
  useTitle(title);
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center px-4 py-12">
      <div className="w-full max-w-md">
        <Logo />
        <div className="mt-5 rounded-xl border border-line bg-sheet p-6 shadow-card sm:p-8">
          <h1 className="text-xl font-semibold tracking-tight wrap-anywhere">{title}</h1>
          {about && <p className="mt-2 text-ink-soft wrap-anywhere">{about}</p>}
          {children && <div className="mt-6">{children}</div>}
        </div>
      </div>
    </main>
  );
}

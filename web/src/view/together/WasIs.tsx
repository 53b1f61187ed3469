import { useMemo } from "react";
import { wordChanges } from "~/maps/words";

/** A text as it was and as it is: words that went are struck through, words that came are underlined. */
export function WasIs({ was, is, className = "text-base" }: { was: string; is: string; className?: string }) {
  const changes = useMemo(() => wordChanges(was, is), [was, is]);
  let place = 0;
  return (
    <p className={`${className} wrap-anywhere whitespace-pre-wrap`} dir="auto">
      {changes.map((one) => {
        place += one.text.length;
        const key = `${place} ${one.kind}`;
        if (one.kind === "same") return <span key={key}>{one.text}</span>;
        if (one.kind === "gone")
          return (
            <del key={key} className="rounded-sm bg-coral-soft text-coral line-through">
              {one.text}
            </del>
          );
        return (
          <ins key={key} className="rounded-sm bg-leaf-soft text-leaf underline decoration-2 underline-offset-2">
            {one.text}
          </ins>
        );
      })}
      {!was && !is && <span className="text-ink-faint">Nothing</span>}
    </p>
  );
}

import { type ReactNode, useId } from "react";
import { nameOf } from "~/maps/kinds";
import { lookOf } from "../curve/look";
import { useSection } from "../useMap";
import { usePersonaFocus } from "./focus";

/** “Wanda” for “Wanda, a weekend for two”. */
export function shortName(title: string): string {
  return title.split(/[,;:(–]/)[0]?.trim() || title;
}

/** Whose journey one looks at: everybody's or a persona's. It is the legend of the emotion curve, too. */
export function PersonaFilter({ down = false }: { down?: boolean }): ReactNode {
  const personas = useSection("personas");
  const [focus, choose] = usePersonaFocus();
  const name = useId();
  if (personas.length === 0) return null;
  return (
    <fieldset className={`m-0 flex min-w-0 border-0 p-0 ${down ? "flex-col gap-0.5" : "flex-wrap items-center gap-1"}`}>
      <legend className="sr-only">Whose feelings</legend>
      {[null, ...personas].map((one) => {
        const voice = one?.id ?? null;
        const look = lookOf(voice, personas);
        const title = one ? nameOf(one) : "Everybody";
        const on = voice === focus;
        return (
          <label
            key={voice}
            title={title}
            className={`flex min-h-6 max-w-44 cursor-pointer items-center gap-1.5 rounded px-1.5 text-xs has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-focus ${
              on ? "bg-sunken font-semibold text-ink" : "text-ink-soft hover:bg-sunken hover:text-ink"
            }`}
          >
            <input type="radio" name={name} className="sr-only" checked={on} onChange={() => choose(voice)} />
            <svg viewBox="0 0 26 14" className="h-3.5 w-6.5 shrink-0" aria-hidden="true" focusable="false">
              <path
                d="M1 7H25"
                className={`fill-none ${look.stroke}`}
                strokeWidth={on ? 2.5 : 1.5}
                strokeDasharray={look.dash}
              />
              <path d={look.mark} transform="translate(13 7) scale(0.8)" className={look.fill} />
            </svg>
            <span className="truncate">{shortName(title)}</span>
          </label>
        );
      })}
    </fieldset>
  );
}

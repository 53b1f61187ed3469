import { type ReactNode, useRef, useState } from "react";
import { IconButton } from "../../kit/Button";
import { BOX } from "../../kit/Field";
import { usePlace } from "./place";
import { removing } from "./removing";
import { Shown } from "./TextField";

/** A list of short texts: Enter adds one, Backspace in an empty one takes it away. */
export function ListField({
  field,
  label,
  one,
  hint,
}: {
  field: string;
  label: string;
  one: string;
  hint?: string;
}): ReactNode {
  const { fields, mayEdit, put, type } = usePlace();
  const [typed, setTyped] = useState("");
  const list = useRef<HTMLUListElement>(null);
  const texts = (fields[field] as string[] | undefined) ?? [];
  if (!mayEdit) return <Shown label={label} says={texts.join("\n")} />;
  const set = (next: string[]) => put({ [field]: next.length ? next : undefined });
  const focus = (place: number) =>
    requestAnimationFrame(() => list.current?.querySelectorAll("input")[Math.max(0, place)]?.focus());
  const add = () => {
    const said = typed.split("\n").map((text) => text.trim());
    setTyped("");
    if (said.some(Boolean)) set([...texts, ...said.filter(Boolean)]);
  };
  return (
    <fieldset className="m-0 flex min-w-0 flex-col gap-1 border-0 p-0">
      <legend className="mb-1 p-0 text-sm font-medium">{label}</legend>
      <ul ref={list} className="flex flex-col gap-1">
        {texts.map((text, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: texts have no ids, and two may say the same
          <li key={place} className="flex gap-1">
            <input
              aria-label={`${one} ${place + 1}`}
              value={text}
              className={`${BOX} h-9`}
              onChange={(event) => type({ [field]: texts.map((old, at) => (at === place ? event.target.value : old)) })}
              onBlur={() => {
                if (texts.some((said) => !said.trim())) set(texts.filter((said) => said.trim()));
              }}
              onKeyDown={(event) => {
                if (event.key === "Enter") focus(place + 1);
                if (event.key !== "Backspace" || text) return;
                event.preventDefault();
                set(texts.filter((_, at) => at !== place));
                focus(place - 1);
              }}
            />
            <IconButton
              icon="close"
              label={`Remove “${text || one}”`}
              onClick={(event) => removing(event.currentTarget, () => set(texts.filter((_, at) => at !== place)))}
            />
          </li>
        ))}
        <li className="flex gap-1">
          <input
            aria-label={`Add: ${one.toLowerCase()}`}
            value={typed}
            placeholder={`Add: ${one.toLowerCase()}`}
            className={`${BOX} h-9`}
            onChange={(event) => setTyped(event.target.value)}
            onBlur={add}
            onKeyDown={(event) => {
              if (event.key === "Enter") add();
              if (event.key === "Backspace" && !typed) focus(texts.length - 1);
            }}
            onPaste={(event) => {
              const pasted = event.clipboardData.getData("text");
              const lines = pasted.split(/\r?\n/).map((text) => text.trim());
              if (lines.length < 2) return;
              event.preventDefault();
              set([...texts, ...lines.filter(Boolean)]);
            }}
          />
          <IconButton icon="plus" label={`Add ${one.toLowerCase()}`} disabled={!typed.trim()} onClick={add} />
        </li>
      </ul>
      {hint && <p className="text-sm text-ink-soft">{hint}</p>}
    </fieldset>
  );
}

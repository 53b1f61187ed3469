import { type KeyboardEvent, type ReactNode, useRef } from "react";
import { KINDS } from "~/maps/kinds";
import { mentionsOf, removeRecord } from "~/maps/links";
import { addAfter, moveStep } from "~/maps/reading";
import type { Fields, Section } from "~/maps/shape";
import { useCaret } from "../details/fields/useCaret";
import { useGrow } from "../details/fields/useGrow";
import { onSharedKeys } from "../sharedKeys";
import { useTyping } from "../together/useTyping";
import { useMap, useRecord } from "../useMap";
import { useOutline } from "./outlineContext";

interface Props {
  id: string;
  field: "title" | "says";
  label: string;
  placeholder: string;
  className?: string;
}

/**
 * The words of one line. Enter: the next one of its kind. Alt+Up and Alt+Down move it. Backspace in an empty one: away
 * with it. Up and Down at the ends of the text go to the lines around. Ctrl+Enter: all its details.
 */
export function LineText({ id, field, label, placeholder, className = "" }: Props): ReactNode {
  const map = useMap();
  const { mayEdit, desk, goTo } = useOutline();
  const record = useRecord(id) as Fields | undefined;
  const said = String(record?.[field] ?? "");
  const ref = useRef<HTMLTextAreaElement>(null);
  const typing = useTyping(field);
  useCaret(ref, said);
  useGrow(ref, said);
  const kind = KINDS[(record?.section ?? "cards") as Section].one.toLowerCase();
  const remove = () => {
    const around = neighbour(ref.current!, -1) ?? neighbour(ref.current!, 1);
    desk().edit(`Delete ${kind}`, () => removeRecord(map, id));
    around?.focus();
    desk().announce(`Deleted an empty ${kind}.`);
  };
  const act = (event: KeyboardEvent<HTMLTextAreaElement>): boolean => {
    const { key, currentTarget: area } = event;
    const mod = event.ctrlKey || event.metaKey;
    if (key === "Enter" && mod) return yes(() => desk().show("details"));
    if (key === "Enter" && event.shiftKey) return false;
    if (key === "Enter") return yes(() => add());
    if (event.altKey && (key === "ArrowUp" || key === "ArrowDown")) return yes(() => move(key === "ArrowUp" ? -1 : 1));
    if (key === "Backspace" && !said && mentionsOf(map, id).length === 0) return yes(remove);
    if (mod || event.altKey || event.shiftKey) return false;
    const alone = area.selectionStart === area.selectionEnd;
    if (key === "ArrowUp" && alone && area.selectionStart === 0) return step(area, -1);
    if (key === "ArrowDown" && alone && area.selectionEnd === area.value.length) return step(area, 1);
    if (key === "Escape") return yes(() => area.blur());
    return false;
  };
  const add = () => {
    let made = "";
    desk().edit(`Add ${kind}`, () => {
      made = addAfter(map, id);
    });
    goTo(made);
  };
  const move = (way: 1 | -1) => {
    let moved = false;
    desk().edit(`Move ${kind}`, () => {
      moved = moveStep(map, id, way);
    });
    if (moved) goTo(id);
    desk().announce(moved ? `Moved ${way < 0 ? "up" : "down"}.` : "It cannot go further.");
  };
  if (!mayEdit)
    return <span className={`block px-1.5 py-0.5 whitespace-pre-wrap ${className}`}>{said || placeholder}</span>;
  return (
    <textarea
      ref={ref}
      rows={1}
      data-outline={id}
      aria-label={label}
      placeholder={placeholder}
      value={said}
      className={`field-sizing-content block w-full resize-none overflow-hidden rounded-md border border-transparent bg-transparent px-1.5 py-0.5 break-words text-ink placeholder:text-ink-faint hover:border-line focus:border-line-strong focus:bg-sheet focus-visible:outline-offset-0 ${className}`}
      onFocus={() => {
        desk().select([id]);
        typing.onFocus();
      }}
      onBlur={typing.onBlur}
      onChange={(event) => map.editOn(() => map.change(id, { [field]: event.target.value }), "Typing")}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing || onSharedKeys(event, desk()) || !act(event)) return;
        event.preventDefault();
        event.stopPropagation();
      }}
      onPaste={(event) => {
        const lines = event.clipboardData
          .getData("text")
          .split(/\r?\n/)
          .filter((line) => line.trim());
        if (lines.length < 2) return;
        event.preventDefault();
        pasteLines(lines);
      }}
    />
  );

  /** The first line goes into this text, each other one into a new record behind it. */
  function pasteLines(lines: readonly string[]): void {
    const { selectionStart, selectionEnd } = ref.current!;
    let last = id;
    desk().edit(`Paste ${lines.length} lines`, () => {
      map.change(id, { [field]: said.slice(0, selectionStart) + lines[0]!.trim() + said.slice(selectionEnd) });
      for (const line of lines.slice(1)) {
        last = addAfter(map, last);
        map.change(last, { [field]: line.replace(/^\s*([-*•]|\d+[.)])\s+/, "").trim() });
      }
    });
    goTo(last);
  }
}

function yes(act: () => void): true {
  act();
  return true;
}

function step(area: HTMLElement, way: 1 | -1): boolean {
  const next = neighbour(area, way);
  next?.focus();
  return next !== undefined;
}

/** The text before or after this one on the page. */
function neighbour(area: HTMLElement, way: 1 | -1): HTMLElement | undefined {
  const all = [...(area.closest("[data-outline-root]")?.querySelectorAll<HTMLElement>("[data-outline]") ?? [])];
  return all[all.indexOf(area) + way];
}

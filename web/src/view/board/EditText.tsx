import { useEffect, useLayoutEffect, useRef } from "react";
import { commandOf, perform } from "~/commands/catalog";
import { follow } from "../details/fields/useCaret";
import { onSharedKeys } from "../sharedKeys";
import { useTogether } from "../together/useTogether";
import { useMap, useRecord } from "../useMap";
import { useParts } from "./boardContext";
import type { Leave } from "./leaving";

interface Props {
  id: string;
  field: "title" | "says";
  label: string;
  placeholder: string;
  className?: string;
  onLeave: (how: Leave, back?: boolean) => void;
}

/** A record's own words while they are typed: each key is shared at once, and others may type in them too. */
export function EditText({ id, field, label, placeholder, className = "", onLeave }: Props) {
  const map = useMap();
  const { desk, mayEdit } = useParts();
  const record = useRecord(id) as Record<string, unknown> | undefined;
  const said = String(record?.[field] ?? "");
  const people = useTogether()?.people;
  const ref = useRef<HTMLTextAreaElement>(null);
  const composing = useRef(false);
  const left = useRef(false);
  const leave = (how: Leave, back = false) => {
    if (left.current) return;
    left.current = true;
    map.undo.stopCapturing();
    onLeave(how, back);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the right that went away ends it
  useEffect(() => {
    if (!mayEdit) leave("stay");
  }, [mayEdit]);
  useEffect(() => {
    people?.go({ field });
    return () => people?.go({ field: null });
  }, [people, field]);
  useLayoutEffect(() => {
    const area = ref.current!;
    area.focus({ preventScroll: true });
    area.setSelectionRange(area.value.length, area.value.length);
    area.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, []);
  useLayoutEffect(() => {
    const area = ref.current!;
    if (!composing.current && area.value !== said) takeOver(area, said);
  }, [said]);
  const write = () => map.editOn(() => map.change(id, { [field]: ref.current!.value }), "Typing");
  return (
    <span className={`grid ${className}`}>
      <span aria-hidden="true" className="invisible col-start-1 row-start-1 whitespace-pre-wrap break-words">
        {`${said || placeholder} `}
      </span>
      <textarea
        ref={ref}
        rows={1}
        aria-label={label}
        placeholder={placeholder}
        defaultValue={said}
        spellCheck
        className="col-start-1 row-start-1 m-0 w-full resize-none overflow-hidden border-0 bg-transparent p-0 font-[inherit] text-inherit break-words outline-none placeholder:text-ink-faint"
        onInput={write}
        onCompositionStart={() => {
          composing.current = true;
        }}
        onCompositionEnd={() => {
          composing.current = false;
          write();
        }}
        onBlur={() => leave("away")}
        onPointerDown={(event) => event.stopPropagation()}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.nativeEvent.isComposing) return;
          const mod = event.ctrlKey || event.metaKey;
          const key = event.key.toLowerCase();
          if (key === "escape" || (key === "enter" && !event.shiftKey && !mod)) {
            event.preventDefault();
            leave(key === "enter" ? "more" : "stay");
          } else if (key === "enter" && mod) {
            event.preventDefault();
            leave("stay");
            perform(commandOf("go.details"), desk());
          } else if (key === "tab") {
            event.preventDefault();
            leave("next", event.shiftKey);
          } else onSharedKeys(event, desk());
        }}
      />
    </span>
  );
}

/** Somebody else typed here, too: the caret stays between the letters between which it was. */
function takeOver(area: HTMLTextAreaElement, said: string): void {
  const { value, selectionStart, selectionEnd } = area;
  area.value = said;
  area.setSelectionRange(follow(selectionStart, value, said), follow(selectionEnd, value, said));
}

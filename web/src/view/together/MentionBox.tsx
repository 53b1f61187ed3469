import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { mentionAt } from "~/maps/comments";
import type { Writer } from "~/maps/said";
import { Avatar, Button, IconButton } from "../kit";
import { BOX } from "../kit/Field";

interface Given {
  label: string;
  members: readonly Writer[];
  send: (text: string) => void;
  sendTitle: string;
  cancel?: (() => void) | undefined;
  begin?: string;
  /** Hears what stands in it, so that it can be kept. */
  note?: ((text: string) => void) | undefined;
  placeholder?: string;
  /** The keyboard goes here at once. */
  eager?: boolean;
  rows?: number;
}

const MOST = 6;

/** A text in which people can be named: “@” offers members. Ctrl+Enter sends it. */
export function MentionBox(given: Given) {
  const { label, members, send, sendTitle, cancel, begin = "", placeholder, eager = false, rows = 2 } = given;
  const [text, setText] = useState(begin);
  const [caret, setCaret] = useState(begin.length);
  const [chosen, setChosen] = useState(0);
  const [closed, setClosed] = useState(-1);
  const ref = useRef<HTMLTextAreaElement>(null);
  const placing = useRef<number>(undefined);
  const id = useId();
  useEffect(() => {
    if (!eager) return;
    ref.current?.focus();
    ref.current?.setSelectionRange(begin.length, begin.length);
  }, [eager, begin]);

  const { note } = given;
  useEffect(() => note?.(text), [note, text]);

  useLayoutEffect(() => {
    if (placing.current === undefined) return;
    ref.current?.focus();
    ref.current?.setSelectionRange(placing.current, placing.current);
    placing.current = undefined;
  });

  const open = mentionAt(text, caret);
  const offered = open && open.from !== closed ? offer(members, open.begins) : [];
  const at = Math.min(chosen, offered.length - 1);

  const write = (next: string, place: number) => {
    setText(next);
    setCaret(place);
    setChosen(0);
    placing.current = place;
  };
  const take = (one: Writer) => {
    const before = `${text.slice(0, open!.from)}@${one.name} `;
    write(before + text.slice(caret).replace(/^ /, ""), before.length);
  };
  const call = () => {
    const before = text.slice(0, caret);
    const sign = before && !/\s$/.test(before) ? " @" : "@";
    setClosed(-1);
    write(before + sign + text.slice(caret), caret + sign.length);
  };
  const done = () => {
    if (!text.trim()) return;
    send(text.trim());
    setText("");
    setCaret(0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chord = (event.ctrlKey || event.metaKey) && event.key !== "Enter";
    if (event.key !== "Escape" && !chord) event.stopPropagation(); // Escape with nothing to leave closes the panel
    if (event.nativeEvent.isComposing) return;
    const { key } = event;
    if (offered.length && (key === "ArrowDown" || key === "ArrowUp")) {
      event.preventDefault();
      setChosen((at + (key === "ArrowDown" ? 1 : offered.length - 1)) % offered.length);
    } else if (offered.length && (key === "Enter" || key === "Tab") && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      take(offered[at]!);
    } else if (offered.length && key === "Escape") {
      event.preventDefault();
      setClosed(open!.from);
    } else if (key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      done();
    } else if (key === "Escape" && cancel) {
      event.preventDefault();
      cancel();
    }
  };
  return (
    <div className="relative">
      <textarea
        ref={ref}
        rows={rows}
        aria-label={label}
        aria-autocomplete="list"
        aria-controls={offered.length ? `${id}-list` : undefined}
        aria-activedescendant={offered.length ? `${id}-${at}` : undefined}
        placeholder={placeholder}
        value={text}
        maxLength={4000}
        className={`${BOX} field-sizing-content max-h-48 min-h-14 resize-none py-1.5`}
        onChange={(event) => {
          setText(event.target.value);
          setCaret(event.target.selectionStart);
          setChosen(0);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
      />
      {offered.length > 0 && (
        <div
          id={`${id}-list`}
          role="listbox"
          aria-label="Members"
          className="absolute bottom-full left-0 z-10 mb-1 w-full max-w-72 rounded-lg border border-line bg-raised p-1 shadow-float"
        >
          {offered.map((one, place) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the text
            // biome-ignore lint/a11y/useFocusableInteractive: the keyboard stays in the text
            <div
              key={one.id}
              id={`${id}-${place}`}
              role="option"
              aria-selected={place === at}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => take(one)}
              className="flex min-h-8 cursor-pointer items-center gap-2 rounded-md px-2 text-sm hover:bg-sunken aria-selected:bg-sunken"
            >
              <Avatar name={one.name} id={one.id} size="xs" />
              {one.name}
            </div>
          ))}
        </div>
      )}
      <div className="mt-1.5 flex items-center gap-1.5">
        <IconButton icon="at" label="Name somebody" size="sm" onClick={call} />
        <span className="flex-1" />
        {cancel && (
          <Button kind="quiet" size="sm" onClick={cancel}>
            Cancel
          </Button>
        )}
        <Button kind="primary" size="sm" disabled={!text.trim()} onClick={done} data-tip={`${sendTitle}  Ctrl+Enter`}>
          {sendTitle}
        </Button>
      </div>
    </div>
  );
}

function offer(members: readonly Writer[], begins: string): Writer[] {
  const wanted = begins.toLocaleLowerCase();
  if (members.some((one) => one.name.toLocaleLowerCase() === wanted.trimEnd()) && /\s$/.test(begins)) return [];
  return members
    .filter((one) => {
      const name = one.name.toLocaleLowerCase();
      return name.startsWith(wanted) || name.split(/\s+/).some((word) => word.startsWith(wanted));
    })
    .slice(0, MOST);
}

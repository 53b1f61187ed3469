import { type ReactNode, type RefObject, useCallback, useEffect, useId, useRef, useState } from "react";
import { Icon } from "./Icon";
import type { IconName } from "./icons";

interface TriggerProps {
  ref: RefObject<HTMLButtonElement | null>;
  onClick: () => void;
  onKeyDown: (event: React.KeyboardEvent) => void;
  "aria-haspopup": "menu";
  "aria-expanded": boolean;
  "aria-controls": string | undefined;
}

/** A menu that opens at a button: `<Menu label="Map" button={(own) => <IconButton {...own} … />}>` with MenuItems. */
export function Menu({
  label,
  button,
  children,
}: {
  label: string;
  button: (own: TriggerProps) => ReactNode;
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const ref = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = useCallback(() => {
    setOpen(false);
    ref.current?.focus();
  }, []);
  const own: TriggerProps = {
    ref,
    onClick: () => setOpen((is) => !is),
    onKeyDown: (event) => {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      setOpen(true);
    },
    "aria-haspopup": "menu",
    "aria-expanded": open,
    "aria-controls": open ? id : undefined,
  };
  return (
    <>
      {button(own)}
      {open && (
        <MenuSheet id={id} label={label} place={() => below(ref.current!)} anchor={ref} onClose={close}>
          {children}
        </MenuSheet>
      )}
    </>
  );
}

/** A menu at a point of the screen, for a right click or Shift+F10. Give focus back in `onClose`. */
export function ContextMenu({
  label,
  at,
  onClose,
  children,
}: {
  label: string;
  at: { x: number; y: number };
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <MenuSheet label={label} place={() => at} onClose={onClose}>
      {children}
    </MenuSheet>
  );
}

interface Point {
  x: number;
  y: number;
  /** Where the menu ends when there is no room to the right of x. */
  right?: number;
  /** Where it ends when there is no room below. */
  top?: number;
}

function below(element: HTMLElement): Point {
  const box = element.getBoundingClientRect();
  return { x: box.left, y: box.bottom + 4, right: box.right, top: box.top - 4 };
}

function MenuSheet({
  id,
  label,
  place,
  anchor,
  onClose,
  children,
}: {
  id?: string;
  label: string;
  place: () => Point;
  anchor?: RefObject<HTMLElement | null>;
  onClose: () => void;
  children: ReactNode;
}) {
  const ref = useRef<HTMLDivElement>(null);
  const placed = useRef(place);
  useEffect(() => {
    const sheet = ref.current!;
    sheet.showPopover();
    stand(sheet, placed.current());
    items(sheet)[0]?.focus();
    const outside = (event: Event) => {
      const target = event.target as Node;
      if (!sheet.contains(target) && !anchor?.current?.contains(target)) onClose();
    };
    const away = () => onClose();
    document.addEventListener("pointerdown", outside, true);
    window.addEventListener("resize", away);
    return () => {
      document.removeEventListener("pointerdown", outside, true);
      window.removeEventListener("resize", away);
    };
  }, [anchor, onClose]);
  return (
    <div
      ref={ref}
      id={id}
      role="menu"
      aria-label={label}
      tabIndex={-1}
      popover="manual"
      className="kit-menu fixed m-0 max-h-[min(34rem,calc(100dvh-1rem))] min-w-48 max-w-80 overflow-auto rounded-lg border border-line bg-raised p-1 text-ink shadow-float"
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Escape" || event.key === "Tab") {
          event.preventDefault();
          onClose();
        } else if (step(event.currentTarget, event.key)) event.preventDefault();
      }}
      onClick={(event) => {
        event.stopPropagation();
        if ((event.target as Element).closest("[role^=menuitem]:not([aria-disabled=true])")) onClose();
      }}
      onContextMenu={(event) => event.preventDefault()}
    >
      {children}
    </div>
  );
}

function stand(sheet: HTMLElement, { x, y, right, top }: Point): void {
  const { width, height } = sheet.getBoundingClientRect();
  const left = x + width > innerWidth - 8 ? (right ?? innerWidth - 8) - width : x;
  const over = y + height > innerHeight - 8 ? (top ?? innerHeight - 8) - height : y;
  sheet.style.left = `${Math.max(8, left)}px`;
  sheet.style.top = `${Math.max(8, over)}px`;
}

function items(sheet: Element): HTMLElement[] {
  return [...sheet.querySelectorAll<HTMLElement>("[role^=menuitem]")];
}

/** Arrows, Home, End, and a letter: the next item that begins with it. */
function step(sheet: Element, key: string): boolean {
  const all = items(sheet);
  const now = all.indexOf(document.activeElement as HTMLElement);
  const ways: Record<string, number> = {
    ArrowDown: (now + 1) % all.length,
    ArrowUp: (now - 1 + all.length) % all.length,
    Home: 0,
    End: all.length - 1,
  };
  let to = ways[key];
  if (to === undefined && key.length === 1 && key !== " ") {
    const turned = [...all.slice(now + 1), ...all.slice(0, now + 1)];
    const found = turned.find((one) => one.innerText.trim().toLowerCase().startsWith(key.toLowerCase()));
    to = found ? all.indexOf(found) : undefined;
  }
  if (to === undefined) return false;
  all[to]?.focus();
  return true;
}

/** One thing that a menu does. `checked` makes it a choice that is on or off. */
export function MenuItem({
  icon,
  keys,
  danger = false,
  disabled = false,
  checked,
  onSelect,
  children,
}: {
  icon?: IconName;
  keys?: string;
  danger?: boolean;
  disabled?: boolean;
  checked?: boolean;
  onSelect: () => void;
  children: ReactNode;
}) {
  const drawn = checked ? "check" : icon;
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: only an item that can be checked has it
    <button
      type="button"
      role={checked === undefined ? "menuitem" : "menuitemcheckbox"}
      aria-checked={checked}
      aria-disabled={disabled}
      tabIndex={-1}
      onClick={disabled ? undefined : onSelect}
      className={`flex min-h-8 w-full items-center gap-2.5 rounded-md px-2 py-1 text-left text-sm focus-visible:outline-offset-[-2px] hover:bg-sunken focus:bg-sunken aria-disabled:opacity-50 ${danger ? "text-coral" : ""}`}
    >
      <span className="w-4">{drawn && <Icon name={drawn} size={16} />}</span>
      <span className="flex-1">{children}</span>
      {keys && <kbd className="pl-4 font-sans text-xs text-ink-faint">{keys}</kbd>}
    </button>
  );
}

/** A line between groups of a menu. */
export function MenuLine() {
  return <hr className="mx-1 my-1 border-line" />;
}

/** The name of a group of a menu. */
export function MenuHeading({ children }: { children: ReactNode }) {
  return (
    <div role="presentation" className="px-2 pt-2 pb-1 text-xs font-semibold text-ink-faint">
      {children}
    </div>
  );
}

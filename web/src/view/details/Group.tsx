import { type ReactNode, useId, useState } from "react";
import { Icon } from "../kit/Icon";
import type { IconName } from "../kit/icons";

const KEY = "desireline.details.";

/** Some fields under a heading that folds. Folded, it says in a few words what is inside. Remembered in this browser. */
export function Group({
  name,
  title,
  icon,
  digest,
  open: first = false,
  children,
}: {
  /** What is remembered under. */
  name: string;
  title: string;
  icon: IconName;
  digest?: string | undefined;
  open?: boolean;
  children: ReactNode;
}): ReactNode {
  const [open, setOpen] = useState(() => remembered(name) ?? first);
  const id = useId();
  const turn = () => {
    setOpen(!open);
    remember(name, !open);
  };
  return (
    <section className="border-t border-line">
      <h3 className="m-0">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          className="flex min-h-11 w-full items-center gap-2.5 px-4 text-left hover:bg-sunken focus-visible:outline-offset-[-2px]"
          onClick={turn}
        >
          <Icon name={icon} size={16} className="text-ink-soft" />
          <span className="shrink-0 text-sm font-semibold">{title}</span>
          <span className="min-w-0 flex-1 truncate text-right text-sm text-ink-soft">{open ? "" : digest}</span>
          <Icon
            name="chevron-down"
            size={16}
            className={`text-ink-faint transition-transform ${open ? "rotate-180" : ""}`}
          />
        </button>
      </h3>
      <div id={id} hidden={!open} className="flex flex-col gap-3 px-4 pt-1 pb-5 [[hidden]]:hidden">
        {open && children}
      </div>
    </section>
  );
}

function remembered(name: string): boolean | undefined {
  try {
    const said = localStorage.getItem(KEY + name);
    return said === null ? undefined : said === "1";
  } catch {
    return undefined;
  }
}

function remember(name: string, open: boolean): void {
  try {
    localStorage.setItem(KEY + name, open ? "1" : "0");
  } catch {
    // A browser that keeps nothing opens the panel as for the first time.
  }
}

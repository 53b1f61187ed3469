import { type ReactNode, useEffect, useId, useRef } from "react";
import { IconButton } from "./Button";
import { opened } from "./modal";

const SIZES = { sm: "w-[26rem]", md: "w-[36rem]", lg: "w-[60rem]" };

/**
 * A question above the page: the browser's own modal dialog, so focus stays inside, Escape closes and focus returns.
 * The keyboard begins at what is marked `data-first`, else at the first control. `bare`: no heading is drawn (the title is still read aloud). `top`: near the upper edge, for palettes.
 */
export function Dialog({
  title,
  onClose,
  size = "sm",
  bare = false,
  top = false,
  about,
  footer,
  children,
}: {
  title: string;
  onClose: () => void;
  size?: keyof typeof SIZES;
  bare?: boolean;
  top?: boolean;
  about?: ReactNode;
  footer?: ReactNode;
  children?: ReactNode;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  // Whoever selects a text and lets go beside the dialog has not clicked outside.
  const outside = useRef(false);
  const heading = useId();
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    if (!dialog) return;
    if (!dialog.open) dialog.showModal();
    dialog.querySelector<HTMLElement>("[data-first]")?.focus();
    const closed = opened(dialog);
    return () => {
      closed();
      dialog.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does what a click outside does
    <dialog
      ref={ref}
      aria-labelledby={bare ? undefined : heading}
      aria-label={bare ? title : undefined}
      onCancel={(event) => {
        if (event.target !== ref.current) return;
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => {
        outside.current = event.target === ref.current;
      }}
      onClick={(event) => {
        if (event.target === ref.current && outside.current) onClose();
      }}
      className={`kit-dialog ${SIZES[size]} ${top ? "mx-auto mt-[10vh]" : "m-auto"} max-h-[min(46rem,calc(100dvh-2rem))] max-w-[calc(100vw-2rem)] overflow-visible rounded-xl border border-line bg-raised p-0 text-ink shadow-float`}
    >
      <div className="flex max-h-[inherit] flex-col">
        {!bare && (
          <header className="flex items-start gap-3 px-5 pt-4">
            <div className="min-w-0 flex-1">
              <h2 id={heading} className="text-lg font-semibold">
                {title}
              </h2>
              {about && <p className="mt-0.5 text-sm text-ink-soft">{about}</p>}
            </div>
            <IconButton icon="close" label="Close" size="sm" onClick={onClose} className="-mr-1.5" />
          </header>
        )}
        <div className={bare ? "min-h-0 overflow-auto" : "min-h-0 overflow-auto px-5 py-4"}>{children}</div>
        {footer && (
          <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{footer}</footer>
        )}
      </div>
    </dialog>
  );
}

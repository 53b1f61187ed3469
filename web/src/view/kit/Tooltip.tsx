import { useEffect, useRef } from "react";

const WAIT_MS = 350;

/**
 * Shows the tooltip of whatever has `data-tip` and is pointed at or focused by keys. Stands once, in the app.
 * What a tooltip says must be nice to know, or be in the element's label as well.
 */
export function TooltipLayer() {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => listen(ref.current!), []);
  return (
    <div
      ref={ref}
      popover="manual"
      role="tooltip"
      aria-hidden="true"
      className="kit-tip fixed m-0 max-w-64 rounded-md border-0 bg-ink px-2 py-1 text-sm whitespace-pre-wrap text-paper"
    />
  );
}

function listen(tip: HTMLElement): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let on: Element | undefined;
  const hide = () => {
    clearTimeout(timer);
    on = undefined;
    if (tip.matches(":popover-open")) tip.hidePopover();
  };
  const show = (element: Element) => {
    const says = element.getAttribute("data-tip");
    if (!says || !element.isConnected) return;
    tip.textContent = says;
    if (!tip.matches(":popover-open")) tip.showPopover();
    stand(tip, element.getBoundingClientRect());
  };
  const meet = (event: Event, wait: number) => {
    const target = event.target instanceof Element ? event.target : undefined;
    if (target && tip.contains(target)) return;
    const element = target?.closest("[data-tip]") ?? undefined;
    if (element === on) return;
    hide();
    on = element;
    if (element) timer = setTimeout(() => show(element), wait);
  };
  const over = (event: Event) => meet(event, WAIT_MS);
  const focused = (event: Event) => {
    if (event.target instanceof Element && event.target.matches(":focus-visible")) meet(event, WAIT_MS);
  };
  const onEscape = (event: KeyboardEvent) => event.key === "Escape" && hide();
  const all: [string, (event: never) => void][] = [
    ["pointerover", over],
    ["focusin", focused],
    ["focusout", hide],
    ["pointerdown", hide],
    ["wheel", hide],
    ["keydown", onEscape],
  ];
  for (const [name, heard] of all) document.addEventListener(name, heard as EventListener, { passive: true });
  return () => {
    hide();
    for (const [name, heard] of all) document.removeEventListener(name, heard as EventListener);
  };
}

function stand(tip: HTMLElement, box: DOMRect): void {
  const { width, height } = tip.getBoundingClientRect();
  const left = Math.min(Math.max(6, box.left + box.width / 2 - width / 2), innerWidth - width - 6);
  const below = box.bottom + 6;
  tip.style.left = `${left}px`;
  tip.style.top = `${below + height > innerHeight - 6 ? box.top - height - 6 : below}px`;
}

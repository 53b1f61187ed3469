/** The pointer on the board's ground: marquee, hand, and zoom under the pointer. */
import { type RefObject, useEffect } from "react";
import type { BoardParts } from "./boardContext";

const HELD = "button, textarea, input, [data-record], [role=slider], [role=rowheader], [role=toolbar], a";
const FAR = 5;

export function usePointer(
  scroller: RefObject<HTMLElement | null>,
  frame: RefObject<HTMLElement | null>,
  { board }: BoardParts,
): void {
  useEffect(() => {
    const element = scroller.current!;
    let space = false;
    const down = (event: PointerEvent) => {
      const hand = event.button === 1 || (event.button === 0 && (space || board.now.tool === "hand"));
      if (hand) return drag(element, event);
      if (event.button !== 0 || event.pointerType === "touch" || (event.target as Element).closest(HELD)) return;
      const adds = event.shiftKey || board.now.tool === "several";
      const before = board.now.selection;
      marquee(element, frame.current!, event, (ids) => {
        board.select(adds ? [...before.filter((id) => !ids.includes(id)), ...ids] : ids);
      });
    };
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoomAt(element, event.clientX, () => board.zoomTo(board.now.zoom * Math.exp(-event.deltaY / 400)));
    };
    const onSpace = (event: KeyboardEvent) => {
      const held = event.type === "keydown";
      if (event.key !== " " || (held && (event.target as Element).closest("button, textarea, input, select"))) return;
      if (held) event.preventDefault();
      hold(held);
    };
    // Whoever goes to another window lets go of the key there.
    const away = () => hold(false);
    const hold = (held: boolean) => {
      space = held;
      element.toggleAttribute("data-hand", held || board.now.tool === "hand");
    };
    element.addEventListener("pointerdown", down);
    element.addEventListener("wheel", wheel, { passive: false });
    element.addEventListener("keydown", onSpace);
    window.addEventListener("keyup", onSpace);
    window.addEventListener("blur", away);
    return () => {
      element.removeEventListener("pointerdown", down);
      element.removeEventListener("wheel", wheel);
      element.removeEventListener("keydown", onSpace);
      window.removeEventListener("keyup", onSpace);
      window.removeEventListener("blur", away);
    };
  }, [scroller, frame, board]);
}

/** What was under the pointer stays under it. */
function zoomAt(element: HTMLElement, clientX: number, zoom: () => void): void {
  const left = element.getBoundingClientRect().left;
  const before = element.scrollWidth;
  const at = element.scrollLeft + clientX - left;
  zoom();
  requestAnimationFrame(() => {
    element.scrollLeft = (at * element.scrollWidth) / before - (clientX - left);
  });
}

function follow(event: PointerEvent, move: (next: PointerEvent) => void, end: () => void): void {
  const target = event.currentTarget as HTMLElement;
  const stop = () => {
    target.removeEventListener("pointermove", move);
    target.removeEventListener("pointerup", stop);
    target.removeEventListener("pointercancel", stop);
    end();
  };
  target.setPointerCapture(event.pointerId);
  target.addEventListener("pointermove", move);
  target.addEventListener("pointerup", stop);
  target.addEventListener("pointercancel", stop);
}

function drag(element: HTMLElement, event: PointerEvent): void {
  event.preventDefault();
  const { scrollLeft, scrollTop } = element;
  element.setAttribute("data-grabbed", "");
  follow(
    event,
    (next) => element.scrollTo(scrollLeft - next.clientX + event.clientX, scrollTop - next.clientY + event.clientY),
    () => element.removeAttribute("data-grabbed"),
  );
}

function marquee(
  element: HTMLElement,
  frame: HTMLElement,
  event: PointerEvent,
  take: (ids: readonly string[]) => void,
): void {
  let moved = false;
  const draw = (next: PointerEvent) => {
    const box = new DOMRect(
      Math.min(event.clientX, next.clientX),
      Math.min(event.clientY, next.clientY),
      Math.abs(event.clientX - next.clientX),
      Math.abs(event.clientY - next.clientY),
    );
    moved ||= box.width > FAR || box.height > FAR;
    if (!moved) return;
    frame.hidden = false;
    frame.style.transform = `translate(${box.x}px, ${box.y}px)`;
    frame.style.width = `${box.width}px`;
    frame.style.height = `${box.height}px`;
    take(inside(element, box));
  };
  follow(event, draw, () => {
    frame.hidden = true;
    if (!moved) take([]);
  });
}

/** Cards and touchpoints that the box meets. Stages' heads are no prey of it. */
function inside(element: HTMLElement, box: DOMRect): string[] {
  const found: string[] = [];
  for (const one of element.querySelectorAll<HTMLElement>("[data-cell] [data-record]")) {
    const own = one.getBoundingClientRect();
    const meets = own.left < box.right && own.right > box.left && own.top < box.bottom && own.bottom > box.top;
    if (meets) found.push(one.dataset.record!);
  }
  return found;
}

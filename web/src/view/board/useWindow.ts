/** Which part of the board is on the screen, in coarse steps, so that scrolling seldom draws anew. */
import { type RefObject, useLayoutEffect, useState } from "react";
import { COLUMN } from "~/layout/grid";

/** The touchpoints are out of sight from here on, mostly. */
const SCROLLED = 84;

export interface Sight {
  left: number;
  right: number;
  /** The touchpoints are scrolled away. */
  down: boolean;
  /** Of the whole board on the screen. */
  width: number;
}

export function useWindow(scroller: RefObject<HTMLElement | null>, names: number): Sight {
  const [sight, setSight] = useState<Sight>({ left: 0, right: 1600, width: 1600, down: false });
  useLayoutEffect(() => {
    const element = scroller.current!;
    let frame = 0;
    const look = () => {
      frame = 0;
      const coarse = (x: number, up: boolean) => (up ? Math.ceil(x / COLUMN) : Math.floor(x / COLUMN)) * COLUMN;
      const left = coarse(element.scrollLeft, false);
      const right = coarse(element.scrollLeft + element.clientWidth - names, true);
      const width = element.clientWidth;
      const down = element.scrollTop > SCROLLED;
      setSight((was) => {
        const now = { left, right, width, down };
        const same = was.left === left && was.right === right && was.width === width && was.down === down;
        return same ? was : now;
      });
    };
    const soon = () => {
      frame ||= requestAnimationFrame(look);
    };
    look();
    const resized = new ResizeObserver(soon);
    resized.observe(element);
    element.addEventListener("scroll", soon, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      resized.disconnect();
      element.removeEventListener("scroll", soon);
    };
  }, [scroller, names]);
  return sight;
}

/** Dragging with the pointer: records onto the board. Everything that it does has keys and a menu, too. */
import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import {
  draggable,
  dropTargetForElements,
  monitorForElements,
} from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { type RefObject, useEffect } from "react";
import { sayWhat } from "~/commands/subjects";
import type { BoardState } from "~/layout/boardState";
import { drop, type Spot, takes } from "~/layout/drop";
import { STAGES_ROW } from "~/layout/rows";
import type { Section, Stored } from "~/maps/shape";
import type { BoardParts } from "./boardContext";

/** The record under the pointer can be dragged, along with what else is selected. Only that one is made ready. */
export function useDragging(scroller: RefObject<HTMLElement | null>, { board, mayEdit }: BoardParts): void {
  useEffect(() => {
    const element = scroller.current!;
    if (!mayEdit) return;
    let ready: HTMLElement | undefined;
    let end: (() => void) | undefined;
    let carried = false;
    const leave = () => {
      if (carried) return;
      end?.();
      ready = end = undefined;
    };
    const meet = (event: PointerEvent) => {
      const record = (event.target as Element).closest<HTMLElement>("[data-record]") ?? undefined;
      if (carried || record === ready) return;
      leave();
      if (!record || record.dataset.record === board.now.editing?.id) return;
      ready = record;
      end = carry(record, board, (now) => {
        carried = now;
      });
    };
    element.addEventListener("pointerover", meet);
    element.addEventListener("pointerdown", meet, true);
    const stop = board.subscribe(() => board.now.editing && leave());
    return () => {
      element.removeEventListener("pointerover", meet);
      element.removeEventListener("pointerdown", meet, true);
      stop();
      end?.();
    };
  }, [scroller, board, mayEdit]);
}

function carry(element: HTMLElement, board: BoardState, note: (carried: boolean) => void): () => void {
  const id = element.dataset.record!;
  return draggable({
    element,
    canDrag: () => board.now.tool !== "hand" && !board.now.editing,
    getInitialData: () => ({ id }),
    onDragStart: () => {
      note(true);
      if (!board.now.selection.includes(id)) board.select([id]);
      element.dataset.dragged = "";
    },
    onDrop: () => {
      note(false);
      delete element.dataset.dragged;
    },
  });
}

interface Point {
  clientX: number;
  clientY: number;
}

interface Found {
  spot: Spot;
  /** Where the mark goes: a line before or after a card, or beside a column. */
  mark: { x: number; y: number; width: number; height: number };
}

/** The spot under the pointer for records of a section. */
function spotAt(point: Point, section: Section): Found | undefined {
  const under = document.elementFromPoint(point.clientX, point.clientY);
  const cell = under?.closest<HTMLElement>("[data-at][data-row]");
  if (!cell) return undefined;
  const box = cell.getBoundingClientRect();
  const { row = "", at = "", cell: holds = at, lane = row } = cell.dataset;
  const band = cell.dataset.stage ?? "";
  const spot: Spot = { lane, holds, stage: band, before: null, behind: point.clientX > box.x + box.width / 2 };
  if (section !== "cards") {
    const x = (spot.behind ? box.right : box.left) - 2;
    return { spot, mark: { x, y: box.top, width: 4, height: box.height } };
  }
  const cards = [...cell.querySelectorAll<HTMLElement>("[data-record]")];
  const next = cards.find((one) => {
    const own = one.getBoundingClientRect();
    return point.clientY < own.y + own.height / 2;
  });
  const last = cards.at(-1)?.getBoundingClientRect();
  const y = next ? next.getBoundingClientRect().top - 4 : (last?.bottom ?? box.top + 4) + 1;
  spot.before = next?.dataset.record ?? null;
  return { spot, mark: { x: box.left + 6, y, width: box.width - 12, height: 3 } };
}

/** The board takes what is dropped on it, shows where it would go, and scrolls at its edges. */
export function useDropping(
  scroller: RefObject<HTMLElement | null>,
  mark: RefObject<HTMLElement | null>,
  parts: BoardParts,
): void {
  const { desk } = parts;
  useEffect(() => {
    const element = scroller.current!;
    let point: Point = { clientX: 0, clientY: 0 };
    let frame = 0;
    const sectionOf = (id: unknown) => desk().map.get(String(id))?.section;
    const show = (id: unknown) => {
      const section = sectionOf(id);
      const found = section && spotAt(point, section);
      const line = mark.current!;
      line.hidden = !found || !takes(found.spot, section!);
      if (!found || line.hidden) return;
      const { x, y, width, height } = found.mark;
      line.style.transform = `translate(${x}px, ${y}px)`;
      line.style.width = `${width}px`;
      line.style.height = `${height}px`;
    };
    const scroll = (id: unknown) => {
      if (edge(element, point)) show(id);
      frame = requestAnimationFrame(() => scroll(id));
    };
    const stop = () => {
      cancelAnimationFrame(frame);
      if (mark.current) mark.current.hidden = true;
    };
    return combine(
      dropTargetForElements({ element }),
      monitorForElements({
        onDragStart: ({ source }) => {
          frame = requestAnimationFrame(() => scroll(source.data.id));
        },
        onDrag: ({ source, location }) => {
          point = location.current.input;
          show(source.data.id);
        },
        onDrop: ({ source, location }) => {
          stop();
          const { input, dropTargets } = location.current;
          if (dropTargets.length) letGo(parts, String(source.data.id), input, input.altKey);
        },
      }),
      stop,
    );
  }, [scroller, mark, parts, desk]);
}

function letGo({ desk, board }: BoardParts, id: string, point: Point, copies: boolean): void {
  const now = desk();
  const section = now.map.get(id)?.section;
  const found = section && spotAt(point, section);
  if (!found || !takes(found.spot, section)) return;
  const ids = board.now.selection.includes(id) ? board.now.selection : [id];
  const records = ids.map((one) => now.map.get(one)).filter((one): one is Stored => one?.section === section);
  let moved: string[] = [];
  now.edit(`${copies ? "Copy" : "Move"} ${sayWhat(records)}`, (map) => {
    moved = drop(
      map,
      records.map((one) => one.id),
      found.spot,
      copies,
    );
  });
  const cursor = { row: STAGES_ROW, at: found.spot.stage, id: moved.at(-1) ?? id };
  board.set({ selection: moved, cursor });
  board.ask("follow");
}

const EDGE = 56;
const SPEED = 14;

/** Scrolls when the pointer is near an edge; whether it did. */
function edge(element: HTMLElement, { clientX, clientY }: Point): boolean {
  const box = element.getBoundingClientRect();
  const pull = (near: number, far: number) => (near < EDGE ? near - EDGE : far < EDGE ? EDGE - far : 0) / EDGE;
  if (clientX === 0 && clientY === 0) return false;
  const x = pull(clientX - box.left, box.right - clientX) * SPEED;
  const y = pull(clientY - box.top, box.bottom - clientY) * SPEED;
  if (x || y) element.scrollBy(x, y);
  return x !== 0 || y !== 0;
}

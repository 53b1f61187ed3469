/** Copy, cut and paste on the board: a spreadsheet's block or a list becomes cards. */
import { useEffect } from "react";
import { commandOf, perform } from "~/commands/catalog";
import { sayWhat, subjects } from "~/commands/subjects";
import { settle } from "~/layout/steps";
import type { Stored } from "~/maps/shape";
import { copied, KIND, pasteRecords, pasteText } from "~/tools/clipboard";
import type { BoardParts } from "./boardContext";

const OWN = "textarea, input, select, [contenteditable], dialog";

export function useClipboard(parts: BoardParts, within: () => HTMLElement | null): void {
  useEffect(() => {
    const here = () => {
      const active = document.activeElement;
      return Boolean(active && within()?.contains(active) && !active.closest(OWN));
    };
    const copy = (event: ClipboardEvent) => {
      if (!here() || !document.getSelection()?.isCollapsed) return;
      const records = subjects(parts.desk());
      if (!records.length) return;
      const { text, json } = copied(records);
      event.clipboardData?.setData("text/plain", text);
      event.clipboardData?.setData(KIND, json);
      event.preventDefault();
      parts.desk().announce(`Copied ${sayWhat(records)}.`);
      if (event.type === "cut") perform(commandOf("edit.delete"), parts.desk());
    };
    const paste = (event: ClipboardEvent) => {
      if (!here() || !event.clipboardData || !parts.desk().mayEdit) return;
      event.preventDefault();
      put(parts, event.clipboardData.getData(KIND), event.clipboardData.getData("text/plain"));
    };
    document.addEventListener("copy", copy);
    document.addEventListener("cut", copy);
    document.addEventListener("paste", paste);
    return () => {
      document.removeEventListener("copy", copy);
      document.removeEventListener("cut", copy);
      document.removeEventListener("paste", paste);
    };
  }, [parts, within]);
}

function put(parts: BoardParts, json: string, text: string): void {
  const { board, layout } = parts;
  const desk = parts.desk();
  const cursor = settle(layout(), board.now.cursor);
  const row = layout().rows.find((one) => one.key === cursor?.row);
  if (!cursor || !row) {
    desk.announce("Add a stage first; then there is a place to paste.");
    return;
  }
  const target = { layout: layout(), row, at: cursor.at, behind: cursor.id };
  let made: string[] = [];
  desk.edit("Paste", (map) => {
    made = (json && pasteRecords(map, json, target)) || pasteText(map, text, target);
  });
  if (!made.length) {
    desk.announce("There is nothing here that can be pasted.");
    return;
  }
  const records = made.map((id) => desk.map.get(id)).filter((one): one is Stored => one !== undefined);
  board.set({ selection: made, cursor: { ...cursor, id: made[0]! } });
  board.ask("follow");
  desk.announce(`Pasted ${sayWhat(records)}.`);
}

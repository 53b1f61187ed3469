/** Copy and paste: records as text that a spreadsheet takes, and texts from anywhere as cards. */
import { type BoardLayout, cellAt, type Row } from "~/layout/rows";
import type { MapDocument } from "~/maps/document";
import { addCard, addStage, addTouchpoint, after, cardsAt, touchpointsOf } from "~/maps/edits";
import { LANE_NAMES } from "~/maps/kinds";
import { knownHere } from "~/maps/links";
import type { MapCard, Touchpoint } from "~/maps/outline";
import type { Fields, Stored } from "~/maps/shape";

/** The kind under which copied records travel between maps. */
export const KIND = "application/x-desireline+json";
const MOST = 500;
const LONGEST = 2000;

/** A spreadsheet's text as rows of cells: tab-separated, quoted where a cell holds lines or tabs. */
export function readBlock(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  const put = () => {
    rows.at(-1)!.push(cell.trim());
    cell = "";
  };
  const source = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "");
  for (let at = 0; at < source.length; at++) {
    const sign = source[at]!;
    if (quoted) {
      if (sign === '"' && source[at + 1] === '"') {
        cell += '"';
        at++;
      } else if (sign === '"') quoted = false;
      else cell += sign;
    } else if (sign === '"' && cell === "" && closes(source, at)) quoted = true;
    else if (sign === "\t") put();
    else if (sign === "\n") {
      put();
      rows.push([]);
    } else cell += sign;
  }
  put();
  return rows.filter((row) => row.some((one) => one !== ""));
}

/** A quote that opens a cell is closed right before a tab, a line's end, or the end of all. */
function closes(source: string, at: number): boolean {
  return /^"(?:[^"]|"")*"(?=\t|\n|$)/.test(source.slice(at));
}

/** Marks of lists that people paste along. */
function bare(line: string): string {
  return line.replace(/^\s*(?:[-*•–]|\d+[.)])\s+/, "").slice(0, LONGEST);
}

/** Cells as a spreadsheet takes them. A text that looks like a formula gets a quote before it. */
export function writeBlock(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map(quote).join("\t")).join("\n");
}

function quote(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[\t\n"]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** Records as text: one line each, its lane or kind before it when there are several kinds. */
export function copied(records: readonly Stored[]): { text: string; json: string } {
  const lanes = new Set(records.map(laneOf));
  const lines = records.map((one) => (lanes.size > 1 ? [laneOf(one), wordsOf(one)] : [wordsOf(one)]));
  return { text: writeBlock(lines), json: JSON.stringify({ records }) };
}

function wordsOf(record: Stored): string {
  const { title, says } = record as { title?: string; says?: string };
  return title || says || "";
}

function laneOf(record: Stored): string {
  if (record.section === "cards") return LANE_NAMES[record.lane];
  return record.section === "stages" ? "Stage" : "Touchpoint";
}

/** Where things are pasted: a cell of the board. */
export interface Target {
  layout: BoardLayout;
  row: Row;
  at: string;
  behind: string | null;
}

/** Text becomes records from this cell on: a block's columns go to the columns at its right. The ids of the new ones. */
export function pasteText(map: MapDocument, text: string, target: Target): string[] {
  const { layout, row, at } = target;
  const block = readBlock(text).slice(0, MOST);
  const first = layout.grid.indexOf.get(at) ?? 0;
  const lane = row.lane;
  if (!lane) return inTurn(block.flat(), target.behind, (title, before) => addStage(map, before, { title }), map);
  if (lane.kind === "touchpoints") {
    const stage = layout.grid.places[first]!.stage;
    return inTurn(
      block.flat(),
      target.behind,
      (title, before) => addTouchpoint(map, stage, before, { title, ...(lane.backstage && { front: false }) }),
      map,
    );
  }
  if (!lane.lane) return [];
  const made: string[] = [];
  for (const line of block)
    line.forEach((said, column) => {
      const place = layout.grid.places[first + column];
      if (said && place && !place.folded) {
        made.push(addCard(map, { at: cellAt(row, place), lane: lane.lane! }, { says: bare(said) }));
      }
    });
  return made;
}

function inTurn(
  texts: readonly string[],
  behind: string | null,
  add: (title: string, before: string | null) => string,
  map: MapDocument,
): string[] {
  const next = behind ? nextOf(map, behind) : null;
  return texts.filter((one) => one !== "").map((one) => add(bare(one), next));
}

function nextOf(map: MapDocument, id: string): string | null {
  const record = map.get(id);
  if (record?.section === "stages") return after(map.list("stages"), id);
  if (record?.section === "touchpoints") return after(touchpointsOf(map, (record as Touchpoint).stage), id);
  return record?.section === "cards" ? after(cardsAt(map, record.at, record.lane), id) : null;
}

/** Records copied from a map: cards go to the cell, touchpoints to the stage. Undefined when it is something else. */
export function pasteRecords(map: MapDocument, json: string, target: Target): string[] | undefined {
  const records = readRecords(json);
  const place = target.layout.grid.places[target.layout.grid.indexOf.get(target.at) ?? 0];
  if (!records?.length || !place) return undefined;
  const lane = target.row.lane?.lane;
  return records.slice(0, MOST).flatMap((record) => {
    const { id: _, section, order: __, deleted: ___, at: ____, stage: _____, lane: own, ...fields } = record as Fields;
    if (section === "cards") {
      const at = cellAt(target.row, place);
      const wanted = lane ?? (own as MapCard["lane"]);
      return wanted in LANE_NAMES ? [addCard(map, { at, lane: wanted }, knownHere(map, section, fields))] : [];
    }
    if (section === "touchpoints") return [addTouchpoint(map, place.stage, null, knownHere(map, section, fields))];
    return section === "stages" ? [addStage(map, null, knownHere(map, section, fields))] : [];
  });
}

function readRecords(json: string): Fields[] | undefined {
  try {
    const found = JSON.parse(json) as { records?: unknown };
    return Array.isArray(found.records) ? (found.records as Fields[]) : undefined;
  } catch {
    return undefined;
  }
}

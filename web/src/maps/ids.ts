/** Ids for new records: readable, as Python's are, and different in two browsers that are apart. */
import type { MapDocument } from "./document";

const SIGNS = "abcdefghijkmnpqrstuvwxyz23456789";
const MOST = 80;

/** An id that no record has: `search.pain.k3f9a`. It begins with the words that are given. */
export function newId(map: MapDocument, ...words: string[]): string {
  for (;;) {
    const random = crypto.getRandomValues(new Uint8Array(6));
    const tail = [...random].map((byte) => SIGNS[byte % SIGNS.length]).join("");
    const id = `${words.join(".").slice(0, MOST - tail.length - 1)}.${tail}`;
    if (!map.get(id)) return id;
  }
}

/** What people say beside a map, once per opened map: comments, suggestions, and the workshop. */
import { Comments } from "~/maps/comments";
import type { MapDocument } from "~/maps/document";
import { Suggestions } from "~/maps/suggestions";
import { Workshop } from "~/maps/votes";

export interface Beside {
  comments: Comments;
  suggestions: Suggestions;
  workshop: Workshop;
}

const held = new WeakMap<MapDocument, Beside>();

export function besideOf(map: MapDocument): Beside {
  const known = held.get(map);
  if (known) return known;
  const { doc } = map;
  const made = { comments: new Comments(doc), suggestions: new Suggestions(doc), workshop: new Workshop(doc) };
  held.set(map, made);
  return made;
}

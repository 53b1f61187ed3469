/** What a member leaves in this browser when they sign out. */
import { clearDocument } from "y-indexeddb";
import { allSetAside, dropCopy, forget, knownMaps, placesOf, type RecoveredCopy, waitingIn } from "./store";

/** What only this browser has. */
export interface OnlyHere {
  /** Changes that were never saved, and the maps in which they are. */
  changes: number;
  maps: readonly string[];
  /** Copies of changes that the server did not take. */
  copies: readonly RecoveredCopy[];
}

export async function onlyHere(member: string): Promise<OnlyHere> {
  const own = knownMaps(member).filter((map) => waitingIn(map) > 0);
  const copies = (await allSetAside()).filter((one) => isOf(one, member));
  return { changes: own.reduce((sum, map) => sum + waitingIn(map), 0), maps: own, copies };
}

/** This browser holds no copy of the member's maps any more. `keep`: but what nobody else has. */
export async function clearCopies(member: string, keep?: OnlyHere): Promise<void> {
  const kept = new Set(keep ? [...keep.maps, ...keep.copies.map((one) => one.map)] : []);
  for (const one of await allSetAside()) if (isOf(one, member) && !kept.has(one.map)) await dropCopy(one);
  for (const place of await placesOf(member))
    if (!kept.has(place.map)) await clearDocument(place.name).catch(() => undefined);
  for (const map of knownMaps(member)) if (!kept.has(map)) forget(map);
}

function isOf(copy: RecoveredCopy, member: string): boolean {
  return copy.place === "" || copy.place.split(" ")[3] === member;
}

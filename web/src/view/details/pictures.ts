/** Pictures of a map: where one is, and how one is sent. A record keeps the picture's id in `image`. */
import { ask, Refusal } from "~/session/api";
import { pictureIn } from "../usePicture";

const MOST_BYTES = 5 * 1024 * 1024;
export const KINDS_TAKEN = "image/png,image/jpeg,image/webp,image/gif";

/** The address of a picture; an address of the web that a file names is left alone, because nothing is fetched from there. */
export function pictureAddress(mapId: string, image: string): string | undefined {
  return pictureIn(picturesOf(mapId), image);
}

/** Where the members of a workspace find the pictures of a map. */
function picturesOf(mapId: string): string {
  return `/api/maps/${encodeURIComponent(mapId)}/pictures`;
}

/** Sends a picture and gives back its id. Throws a Refusal that says what is wrong. */
export async function sendPicture(mapId: string, file: File): Promise<string> {
  if (file.size > MOST_BYTES)
    throw new Refusal(413, "too-large", `This picture has ${megabytes(file.size)}. A picture may have 5 MB at most.`);
  const form = new FormData();
  form.set("file", file);
  const made = await ask("POST /api/maps/{map_id}/pictures", { path: { map_id: mapId }, form });
  return made.id;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

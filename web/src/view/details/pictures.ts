/** Pictures of a map: where one is, and how one is sent. A record keeps the picture's id in `image`. */
import { Refusal } from "~/session/api";

export const MOST_BYTES = 5 * 1024 * 1024;
export const KINDS_TAKEN = "image/png,image/jpeg,image/webp,image/gif";

/** The address of a picture; an address of the web that a file names is left alone, because nothing is fetched from there. */
export function pictureAddress(mapId: string, image: string): string | undefined {
  return /^[\w.-]+$/.test(image) ? `/api/maps/${encodeURIComponent(mapId)}/pictures/${image}` : undefined;
}

/** Sends a picture and gives back its id. Throws a Refusal that says what is wrong. */
export async function sendPicture(mapId: string, file: File): Promise<string> {
  if (file.size > MOST_BYTES)
    throw new Refusal(413, "too-large", `This picture has ${megabytes(file.size)}. A picture may have 5 MB at most.`);
  const form = new FormData();
  form.set("file", file);
  const answer = await reach(mapId, form);
  const said = (await answer.json().catch(() => ({}))) as { id?: string; says?: string; code?: string };
  if (!answer.ok || !said.id)
    throw new Refusal(answer.status, said.code ?? "http", said.says ?? `The server answered ${answer.status}.`);
  return said.id;
}

async function reach(mapId: string, form: FormData): Promise<Response> {
  try {
    return await fetch(`/api/maps/${encodeURIComponent(mapId)}/pictures`, {
      method: "POST",
      body: form,
      credentials: "same-origin",
      headers: { Accept: "application/json" },
    });
  } catch {
    throw new Refusal(0, "unreachable", "The server cannot be reached, so the picture was not sent. Try again later.");
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

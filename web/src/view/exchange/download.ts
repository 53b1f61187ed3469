import { Refusal, refusal } from "~/session/api";

/** The file at this address is saved by the browser. Throws a Refusal that says why there is none. */
export async function download(address: string, otherwise: string): Promise<string> {
  const answer = await fetch(address, { credentials: "same-origin" }).catch(() => undefined);
  if (!answer) throw new Refusal(0, "unreachable", "The server cannot be reached. Try again when it is back.");
  if (!answer.ok) throw await refusal(answer);
  const name = nameOf(answer.headers.get("Content-Disposition")) ?? otherwise;
  saveAs(name, await answer.blob());
  return name;
}

/** The browser saves this as a file of that name. */
export function saveAs(name: string, what: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(what);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The name in a header such as `attachment; filename="map.pdf"`. */
export function nameOf(header: string | null): string | undefined {
  return /filename="([^"]+)"/.exec(header ?? "")?.[1];
}

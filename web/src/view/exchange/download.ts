import { Refusal } from "~/session/api";

/** The file at this address is saved by the browser. Throws a Refusal that says why there is none. */
export async function download(address: string, otherwise: string): Promise<string> {
  const answer = await fetch(address, { credentials: "same-origin" }).catch(() => undefined);
  if (!answer) throw new Refusal(0, "unreachable", "The server cannot be reached. Try again when it is back.");
  if (!answer.ok) {
    const told = (await answer.json().catch(() => ({}))) as { code?: string; says?: string };
    throw new Refusal(answer.status, told.code ?? "http", told.says ?? `The server answered ${answer.status}.`);
  }
  const name = nameOf(answer.headers.get("Content-Disposition")) ?? otherwise;
  const url = URL.createObjectURL(await answer.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return name;
}

/** The name in a header such as `attachment; filename="map.pdf"`. */
export function nameOf(header: string | null): string | undefined {
  return /filename="([^"]+)"/.exec(header ?? "")?.[1];
}

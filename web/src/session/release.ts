/** Whether the server still has the release of the app that this page is of. */

/** `same`: it has. `renewed`: another one was installed meanwhile. `away`: the server cannot be reached. */
export type Release = "same" | "renewed" | "away";

const UNFETCHED = /dynamically imported module|importing a module script|unable to preload css/i;

/** A part of the app could not be fetched: so say it Chromium and Firefox, Safari, and the bundler. */
export function isUnfetched(fault: Error): boolean {
  return UNFETCHED.test(fault.message);
}

/** The script with which a page began; another release has another one. */
export function entryOf(page: ParentNode): string {
  return page.querySelector("script[type=module][src]")?.getAttribute("src") ?? "";
}

/** Asks for the first page as it is now and looks whether it begins with the same script. */
export async function askRelease(entry: string, get: () => Promise<Response> = firstPage): Promise<Release> {
  try {
    const answer = await get();
    if (!answer.ok) return "away";
    return (await answer.text()).includes(entry) ? "same" : "renewed";
  } catch {
    return "away";
  }
}

function firstPage(): Promise<Response> {
  return fetch("/", { cache: "no-store", credentials: "same-origin" });
}

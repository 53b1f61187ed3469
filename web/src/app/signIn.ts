/** The way to the page where one signs in, and back from it. */

/** The address of that page for somebody who wanted to go here: with what stands after the “?”. */
export function signInFor({ pathname, search }: { pathname: string; search: string }): string {
  return `/signin?to=${encodeURIComponent(pathname + search)}`;
}

/** Where somebody wanted to go: an address of this app and of no other. */
export function wanted(search: string): string {
  const to = new URLSearchParams(search).get("to") ?? "/";
  return /^\/(?![/\\])/.test(to) ? to : "/";
}

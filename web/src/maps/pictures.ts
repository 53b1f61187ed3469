/** Pictures of records: a record's `image` is the id of one that is kept with the map. */

/** False for an address of the web that a file names: nothing is fetched from there. */
export function isKept(image: unknown): image is string {
  return typeof image === "string" && /^[\w.-]+$/.test(image);
}

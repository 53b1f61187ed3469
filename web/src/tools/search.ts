/** Finding words: small letters, no accents, every word somewhere. */

function plainWords(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Whether every word of the query stands in the text. An empty query is in nothing. */
export function has(text: string, query: string): boolean {
  const words = plainWords(query).split(/\s+/).filter(Boolean);
  const said = plainWords(text);
  return words.length > 0 && words.every((word) => said.includes(word));
}

/** How well a title fits what was typed: 0 not at all; its beginning best, then a word's, then anywhere. */
export function closeness(title: string, query: string): number {
  const said = plainWords(title);
  const wanted = plainWords(query).trim();
  if (!wanted) return 1;
  if (said.startsWith(wanted)) return 4;
  if (said.split(/\s+/).some((word) => word.startsWith(wanted))) return 3;
  if (has(title, query)) return 2;
  return 0;
}

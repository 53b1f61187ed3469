/** Files that are known, with what each holds, for the place where files are dropped. */

export const FORMATS = [
  ["CSV", "tables as text, any separator"],
  ["Excel", "a sheet, or several"],
  ["Parquet", "tables"],
  ["JSON", "records, or one a line"],
  ["XES, OCEL", "event logs"],
] as const;

/** The vendors whose recipes come with the server, by the names that these give them. */
export const VENDORS = [
  ["HubSpot", "contacts, mails, deals"],
  ["Zendesk", "tickets"],
  ["Notes in Markdown", "interviews, workshops"],
] as const;

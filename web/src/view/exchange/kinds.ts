/** What can be taken away from a map: files of the map itself, and reports with its numbers. */
import type { ExportFormat, ReportKind } from "~/contract/api";
import type { IconName } from "~/view/kit";

export interface Kind {
  id: string;
  title: string;
  says: string;
  /** What is not in it; nothing: all of the map is. */
  loses: readonly string[];
  ending: string;
  icon: IconName;
  /** It is made for a size of paper. */
  paper: boolean;
  address: (mapId: string, paper: string) => string;
}

const ICONS: Record<string, IconName> = {
  png: "image",
  svg: "image",
  pdf: "expand",
  pages: "file",
  pptx: "slides",
  html: "web",
  xlsx: "table",
  csv: "table",
  mermaid: "code",
  json: "code",
  yaml: "code",
};

export function fileKinds(formats: readonly ExportFormat[]): Kind[] {
  return formats.map((one) => ({
    ...one,
    id: one.name,
    icon: ICONS[one.name] ?? "file",
    paper: one.name === "pages",
    address: (mapId, paper) =>
      `/api/maps/${encodeURIComponent(mapId)}/exports/${one.name}${one.name === "pages" ? `?paper=${paper}` : ""}`,
  }));
}

export function reportKinds(reports: readonly ReportKind[]): Kind[] {
  return reports.map((one) => ({
    ...one,
    id: `report ${one.form}`,
    ending: one.form,
    icon: one.form === "pdf" ? "file" : (ICONS[one.form] ?? "file"),
    paper: one.form === "pdf",
    address: (mapId, paper) => `/api/maps/${encodeURIComponent(mapId)}/report?form=${one.form}&paper=${paper}`,
  }));
}

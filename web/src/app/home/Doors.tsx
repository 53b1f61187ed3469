import { usePrefetchQuery } from "@tanstack/react-query";
import type { ComponentType, ReactNode } from "react";
import { Icon, type IconName } from "~/view/kit";
import { DataDialog } from "./DataDialog";
import { DemoDialog } from "./DemoDialog";
import { FileDialog } from "./FileDialog";
import { TEMPLATES, TemplateDialog } from "./TemplateDialog";

export type Door = "demo" | "template" | "data" | "file";

const DIALOGS: Record<Door, ComponentType<{ onClose: () => void }>> = {
  demo: DemoDialog,
  template: TemplateDialog,
  data: DataDialog,
  file: FileDialog,
};

/** What is behind a way to begin. */
export function DoorDialog({ door, onClose }: { door: Door; onClose: () => void }) {
  const Opened = DIALOGS[door];
  return <Opened onClose={onClose} />;
}

/** The three ways to begin. */
export function Doors({ open, large = false }: { open: (door: Door) => void; large?: boolean }) {
  usePrefetchQuery(TEMPLATES);
  return (
    <>
      <ul aria-label="Ways to begin" className={`grid gap-4 ${large ? "md:grid-cols-3" : "sm:grid-cols-3"}`}>
        <Way icon="template" title="Start from a template" large={large} onClick={() => open("template")}>
          Hotel stay, online shop, onboarding, claims… Change what does not fit.
        </Way>
        <Way icon="chart" title="Start from your data" large={large} onClick={() => open("data")}>
          Drop files of events. You get a map of the ways that customers really took.
        </Way>
        <Way icon="building" title="Explore the demo" large={large} onClick={() => open("demo")}>
          A clothing retailer with a year of customers, and twelve problems to find.
        </Way>
      </ul>
      <p className={`mt-4 text-sm text-ink-soft ${large ? "text-center" : ""}`}>
        Drawn already?{" "}
        <button
          type="button"
          className="min-h-6 font-medium text-spruce underline underline-offset-2"
          onClick={() => open("file")}
        >
          Import a map
        </button>{" "}
        from YAML, Mermaid or a table.
      </p>
    </>
  );
}

function Way({
  icon,
  title,
  large,
  onClick,
  children,
}: {
  icon: IconName;
  title: string;
  large: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <li>
      <button
        type="button"
        onClick={onClick}
        className={`group flex h-full w-full gap-3.5 rounded-xl border border-line bg-sheet text-left transition-[border-color,box-shadow] hover:border-spruce hover:shadow-card ${large ? "flex-row p-5 md:flex-col md:p-6" : "p-4"}`}
      >
        <span
          className={`flex shrink-0 items-center justify-center rounded-lg bg-spruce-soft text-spruce ${large ? "size-12" : "size-10"}`}
        >
          <Icon name={icon} size={large ? 25 : 20} />
        </span>
        <span className="min-w-0 flex-1">
          <span className="flex items-center gap-1.5 font-semibold">
            {title}
            <Icon
              name="arrow-right"
              size={16}
              className="text-spruce opacity-0 transition-[opacity,translate] group-hover:translate-x-0.5 group-hover:opacity-100 group-focus-visible:opacity-100"
            />
          </span>
          <span className="mt-0.5 block text-sm text-ink-soft">{children}</span>
        </span>
      </button>
    </li>
  );
}

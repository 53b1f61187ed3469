import { type ReactNode, useId, useState } from "react";
import { Icon } from "~/view/kit";

/** A place for files: dropped, or chosen in the system's own dialog, by a click or by keys. */
export function FileDrop({
  label,
  accept,
  multiple = false,
  onFiles,
  large = false,
  children,
}: {
  label: string;
  accept?: string;
  multiple?: boolean;
  onFiles: (files: readonly File[]) => void;
  /** It stands alone, in a dialog or on a page. */
  large?: boolean | "page";
  children: ReactNode;
}) {
  const id = useId();
  const room = large === "page" ? "min-h-64 lg:min-h-88" : large ? "min-h-44" : "min-h-28";
  const [over, setOver] = useState(false);
  return (
    <label
      htmlFor={id}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const files = [...event.dataTransfer.files];
        onFiles(multiple ? files : files.slice(0, 1));
      }}
      className={`flex cursor-pointer flex-col items-center justify-center gap-2 rounded-xl border-2 border-dashed px-4 text-center transition-colors has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus ${room} ${over ? "border-spruce bg-spruce-soft" : `border-line-strong/60 hover:border-spruce ${large === "page" ? "bg-sheet" : "bg-paper"}`}`}
    >
      <Icon name="upload" size={large === "page" ? 36 : large ? 28 : 22} className="text-spruce" />
      <span>{children}</span>
      <span className="text-sm text-ink-soft">
        or{" "}
        <span className="font-medium text-spruce underline underline-offset-2">
          choose {multiple ? "files" : "a file"}
        </span>
      </span>
      <input
        id={id}
        type="file"
        aria-label={label}
        accept={accept}
        multiple={multiple}
        className="sr-only"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
    </label>
  );
}

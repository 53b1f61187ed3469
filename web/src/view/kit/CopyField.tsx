import { useId, useState } from "react";
import { Button } from "./Button";
import { BOX } from "./Field";
import { announce } from "./Toast";

/** A text to take along, such as a link that is shown only once. */
export function CopyField({ label, value, hint }: { label: string; value: string; hint?: string }) {
  const id = useId();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
      announce("Copied");
      setTimeout(() => setCopied(false), 2_000);
    } catch {
      const box = document.getElementById(id);
      if (box instanceof HTMLInputElement) box.select();
      announce("Press Ctrl+C to copy what is selected");
    }
  };
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          readOnly
          value={value}
          onFocus={(event) => event.target.select()}
          aria-describedby={hint ? `${id}-says` : undefined}
          className={`${BOX} h-9 min-w-0 flex-1 font-mono text-sm`}
        />
        <Button kind="primary" icon={copied ? "check" : "copy"} onClick={copy}>
          {copied ? "Copied" : "Copy"}
        </Button>
      </div>
      {hint && (
        <p id={`${id}-says`} className="text-sm text-ink-soft">
          {hint}
        </p>
      )}
    </div>
  );
}

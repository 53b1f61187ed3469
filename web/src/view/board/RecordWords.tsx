import { useParts } from "./boardContext";
import { EditText } from "./EditText";
import { leaving } from "./leaving";

interface Props {
  id: string;
  field: "title" | "says";
  /** "Touchpoint": what the text field is called. */
  label: string;
  says: string | undefined;
  /** "Untitled touchpoint": what stands there without words. */
  empty: string;
  standing: { typed: boolean; fresh: boolean };
  /** Adds the next record of this kind. */
  more: () => void;
}

/** A record's words on the board: read, or typed in place. */
export function RecordWords({ id, field, label, says, empty, standing, more }: Props) {
  const parts = useParts();
  if (standing.typed)
    return (
      <EditText
        id={id}
        field={field}
        label={label}
        placeholder={`${label}…`}
        onLeave={leaving(parts, { id, fresh: standing.fresh, more })}
      />
    );
  return (
    <span className={`board-words block whitespace-pre-wrap break-words ${says ? "" : "text-ink-faint italic"}`}>
      {says || empty}
    </span>
  );
}

import { useId, useState } from "react";
import { Button, Fault } from "../kit";
import { BOX } from "../kit/Field";

/** A recipe as text (YAML), to be changed and taken. */
export function RecipeEdit({
  text,
  does,
  busy,
  fault,
  onTake,
  always = false,
}: {
  text: string;
  /** What the button does with the text. */
  does: string;
  busy: boolean;
  fault?: string | undefined;
  onTake: (text: string) => void;
  /** It may be taken as it is. */
  always?: boolean;
}) {
  const [own, setOwn] = useState<string>(); // until something is typed, the text is what it has become
  const typed = own ?? text;
  const id = useId();
  return (
    <div className="space-y-2">
      <label htmlFor={id} className="text-sm font-medium">
        Recipe (YAML)
      </label>
      <textarea
        id={id}
        spellCheck={false}
        rows={Math.min(24, typed.split("\n").length + 1)}
        value={typed}
        onChange={(event) => setOwn(event.target.value)}
        className={`${BOX} py-2 font-mono text-sm whitespace-pre`}
      />
      {fault && <Fault says={fault} />}
      <div className="flex gap-2">
        <Button busy={busy} disabled={!always && typed === text} onClick={() => onTake(typed)}>
          {does}
        </Button>
        <Button kind="quiet" icon="undo" disabled={typed === text} onClick={() => setOwn(undefined)}>
          As it was
        </Button>
      </div>
    </div>
  );
}

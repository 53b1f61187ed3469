import { useState } from "react";
import { setSingleKeys, singleKeys } from "~/tools/keys";
import { Switch } from "../kit";

/** Whether single keys are shortcuts in this browser (WCAG 2.1.4). */
export function SingleKeys() {
  const [on, setOn] = useState(singleKeys);
  return (
    <Switch
      label="Single keys are shortcuts"
      about="Such as N for a new card. Switch this off if you speak to your computer, or press keys by accident. Keys with Ctrl, Shift or Enter go on working."
      checked={on}
      onChange={(wanted) => {
        setSingleKeys(wanted);
        setOn(wanted);
      }}
    />
  );
}

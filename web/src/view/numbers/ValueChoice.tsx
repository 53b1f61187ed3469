import { useMemo, useState } from "react";
import { sayCount } from "~/overlay/say";
import { sayProperty, segmentOf } from "~/overlay/segments";
import { Dialog, Field } from "../kit";
import { useAnswer } from "../useAnswer";
import { Waiting } from "./Waiting";

const MOST = 60;

/** One value of a property, out of many: found by its letters. */
export function ValueChoice({
  property,
  take,
  onClose,
}: {
  property: string;
  take: (group: string) => void;
  onClose: () => void;
}) {
  const asked = useAnswer({ operation: "GET /api/properties", query: { of: property } });
  const [sought, seek] = useState("");
  const [known] = asked.answer ?? [];
  const met = useMemo(() => {
    const letters = sought.trim().toLowerCase();
    return (known?.values ?? []).filter((value) => value.toLowerCase().includes(letters));
  }, [known, sought]);
  const words = sayProperty(property);
  return (
    <Dialog
      title={`Customers by ${words}`}
      about="Only values that five or more customers share. All others can stand beside the one that you choose."
      onClose={onClose}
    >
      <Waiting asked={asked} what="values">
        {() => (
          <div className="flex flex-col gap-3">
            <Field label="Find" type="search" value={sought} onChange={seek} autoComplete="off" />
            <ul aria-label={`Values of ${words}`} className="-mx-2 flex flex-col">
              {met.slice(0, MOST).map((value) => (
                <li key={value}>
                  <button
                    type="button"
                    onClick={() => take(segmentOf(known!, value))}
                    className="min-h-8 w-full rounded-md px-2 py-1 text-left break-words hover:bg-sunken focus-visible:outline-offset-[-2px]"
                  >
                    {value}
                  </button>
                </li>
              ))}
            </ul>
            <p role="status" className="text-sm text-ink-soft">
              {met.length === 0
                ? "No value is like this."
                : met.length > MOST
                  ? `${sayCount(met.length - MOST)} more; write some letters of the one you look for.`
                  : ""}
            </p>
          </div>
        )}
      </Waiting>
    </Dialog>
  );
}

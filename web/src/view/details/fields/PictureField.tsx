import { type DragEvent, type ReactNode, useId, useState } from "react";
import { Button } from "../../kit/Button";
import { Says } from "../../kit/Field";
import { Icon } from "../../kit/Icon";
import { KINDS_TAKEN, pictureAddress, sendPicture } from "../pictures";
import { usePlace } from "./place";

/** The picture of the record: chosen, dropped or pasted. Pictures are kept with the map, without what cameras add. */
export function PictureField({ mapId, round = false }: { mapId: string; round?: boolean }): ReactNode {
  const { fields, mayEdit, put } = usePlace();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const id = useId();
  const image = typeof fields.image === "string" ? fields.image : "";
  const address = image ? pictureAddress(mapId, image) : undefined;
  const send = async (file: File | undefined) => {
    if (!file || busy) return;
    setBusy(true);
    setFault(null);
    try {
      put({ image: await sendPicture(mapId, file) }, "Add picture");
    } catch (problem) {
      setFault(problem instanceof Error ? problem.message : "The picture was not taken.");
    } finally {
      setBusy(false);
    }
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void send(event.dataTransfer.files[0]);
  };
  if (!mayEdit && !address) return round ? null : <p className="text-ink-soft">There is no picture.</p>;
  return (
    <div className={`flex gap-3 ${round ? "flex-row items-center" : "flex-col"}`}>
      {address && (
        <img
          src={address}
          alt={`Belongs to “${String(fields.title || fields.says || "")}”`}
          className={
            round ? "size-16 rounded-full object-cover" : "max-h-64 w-full rounded-lg bg-sunken object-contain"
          }
        />
      )}
      {image && !address && <p className="text-sm text-ink-soft">The file names a picture elsewhere: {image}</p>}
      {mayEdit && (
        <div className="flex flex-col gap-2">
          {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shorter way; the label inside is the other */}
          <div
            className={`flex flex-wrap items-center gap-2 rounded-lg ${address || round ? "" : "border border-dashed p-4"} ${
              over ? "border-spruce bg-spruce-soft" : "border-line-strong"
            }`}
            onDragOver={(event) => {
              event.preventDefault();
              setOver(true);
            }}
            onDragLeave={() => setOver(false)}
            onDrop={onDrop}
            onPaste={(event) => void send(event.clipboardData.files[0])}
          >
            <label
              htmlFor={id}
              aria-disabled={busy}
              className="inline-flex h-7 cursor-pointer items-center gap-1.5 rounded-md border border-line bg-raised px-2.5 text-sm font-medium hover:border-line-strong hover:bg-sunken has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus"
            >
              <Icon name="image" size={15} />
              {busy ? "Sending…" : address ? "Another picture" : round ? "Add a portrait" : "Choose a picture"}
              <input
                id={id}
                type="file"
                accept={KINDS_TAKEN}
                disabled={busy}
                className="sr-only"
                onChange={(event) => {
                  void send(event.target.files?.[0]);
                  event.target.value = "";
                }}
              />
            </label>
            {!address && !round && <span className="text-sm text-ink-soft">or drop one here, up to 5 MB</span>}
            {image && (
              <Button size="sm" kind="quiet" icon="trash" onClick={() => put({ image: undefined }, "Remove picture")}>
                Remove
              </Button>
            )}
          </div>
          <Says id={`${id}-says`} error={fault} />
        </div>
      )}
    </div>
  );
}

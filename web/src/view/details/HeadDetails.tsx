import type { ReactNode } from "react";
import type { Cut, Review } from "~/contract/maps";
import { DataGroup, PromiseGroup } from "./CommonGroups";
import { CutField, sayCut } from "./CutField";
import { filled } from "./fields/filled";
import { usePlace } from "./fields/place";
import { RuleField } from "./fields/RuleField";
import { TextField } from "./fields/TextField";
import { dateFault, ValueField } from "./fields/ValueField";
import { Group } from "./Group";
import { ListsHere } from "./ListsHere";

/** The map as a whole: what it is for, whose it is, when it is looked at again, and how journeys are cut. */
export function HeadDetails(): ReactNode {
  const { fields } = usePlace();
  return (
    <>
      <div className="flex flex-col gap-4 px-4 pt-3 pb-5">
        <TextField field="title" label="Title" placeholder="Name of the map" heading />
        <TextField field="purpose" label="What it is for" placeholder="Which decision does it help?" multiline />
        <TextField field="scope" label="What it covers" placeholder="Whose journey, and what is left out?" multiline />
        <TextField field="owner" label="Who owns it" placeholder="Somebody who keeps it true" />
      </div>
      <ListsHere />
      <Group
        name="review"
        title="Review"
        icon="history"
        digest={sayReview((fields.review ?? undefined) as Review | undefined)}
      >
        <ReviewField />
      </Group>
      <PromiseGroup />
      <Group
        name="cut"
        title="Journeys"
        icon="branch"
        digest={sayCut((fields.journey ?? undefined) as Cut | undefined)}
      >
        <CutField />
      </Group>
      <DataGroup>
        <RuleField
          field="feedback"
          label="Which answers speak about the whole journey"
          hint="As in question: recommend."
          placeholder="question: recommend"
        />
        <CurrencyField />
      </DataGroup>
    </>
  );
}

function ReviewField(): ReactNode {
  const { fields, mayEdit, put, desk } = usePlace();
  const review = (fields.review ?? undefined) as Review | undefined;
  if (!mayEdit) return <p>{sayReview(review) || "Nobody has agreed on a review."}</p>;
  const set = (some: Partial<Review>) => {
    const next = filled({ ...review, ...some });
    put({ review: Object.keys(next).length ? next : undefined }, "Change the review");
  };
  const today = new Date().toLocaleDateString("sv");
  return (
    <>
      <ValueField
        label="Look at it again every … days"
        inputMode="numeric"
        value={review?.every_days ? String(review.every_days) : ""}
        placeholder="90"
        fault={(text) => (/^[1-9]\d{0,4}$/.test(text) ? null : "A whole number of days, from 1.")}
        onTake={(text) => set({ every_days: text ? Number(text) : null })}
      />
      <div className="grid grid-cols-2 gap-2">
        <ValueField
          label="Last looked at"
          type="date"
          value={review?.last ?? ""}
          fault={dateFault}
          onTake={(last) => set({ last: last || null })}
        />
        <ValueField label="By whom" value={review?.by ?? ""} onTake={(by) => set({ by: by || null })} />
      </div>
      {review?.last !== today && (
        <button
          type="button"
          className="min-h-8 self-start rounded-md bg-spruce-soft px-3 text-sm font-medium text-spruce hover:bg-sunken"
          onClick={() => {
            set({ last: today });
            desk.announce("Reviewed today.");
          }}
        >
          We looked at it today
        </button>
      )}
    </>
  );
}

function sayReview(review: Review | undefined): string {
  if (!review) return "";
  const every = review.every_days ? `every ${review.every_days} days` : "";
  const last = review.last ? `last on ${review.last}` : "";
  return [every, last].filter(Boolean).join(", ");
}

function CurrencyField(): ReactNode {
  const { fields, mayEdit, put } = usePlace();
  if (!mayEdit) return null;
  return (
    <ValueField
      label="Currency"
      value={String(fields.currency ?? "")}
      placeholder="EUR"
      fault={(text) => (/^[A-Za-z]{3}$/.test(text) ? null : "Three letters, such as EUR.")}
      onTake={(text) => put({ currency: text ? text.toUpperCase() : undefined }, "Change the currency")}
    />
  );
}

import { useCallback } from "react";
import { explain, type Measured, type Where } from "~/overlay/readings";
import { useAnswer } from "../useAnswer";

/** What measures are called, as far as that is known; else their names in plain words. */
export function useTitles(): (measure: string) => string {
  const { answer } = useAnswer({ operation: "GET /api/measures" });
  return useCallback(
    (measure) => answer?.find((one) => one.measure === measure)?.title ?? measure.replaceAll("_", " "),
    [answer],
  );
}

/** A number's whole evidence in one line. */
export function sayEvidence(measured: Measured, titles: (measure: string) => string, where: Where): string {
  return explain(measured.readings.get(where), titles(where.measure));
}

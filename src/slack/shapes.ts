import { z } from "zod";

/** Where Slack says null it says nothing: `tz: null` is no zone, as a missing `tz` is none. */
export function absentIfNull<Shape extends z.ZodType>(shape: Shape) {
  return shape.nullish().transform((value) => value ?? undefined);
}

/** Of what only adorns: an answer of another type says nothing, and takes nothing else with it. */
export function ornament<Shape extends z.ZodType>(shape: Shape) {
  return absentIfNull(shape).catch(undefined);
}

/** Of Slack's requests, which say nothing in many ways: left out, null, an empty list, an empty object. */
export function absentIfEmpty<Shape extends z.ZodType>(shape: Shape) {
  return z.preprocess((value) => (isEmpty(value) ? undefined : value), shape.optional());
}

function isEmpty(value: unknown): boolean {
  if (value === null) return true;
  return typeof value === "object" && Object.keys(value as object).length === 0;
}

import type { z } from "zod";

/** Where Slack says null it says nothing: `tz: null` is no zone, as a missing `tz` is none. */
export function absentIfNull<Shape extends z.ZodType>(shape: Shape) {
  return shape.nullish().transform((value) => value ?? undefined);
}

/** Of what only adorns: an answer of another type says nothing, and takes nothing else with it. */
export function ornament<Shape extends z.ZodType>(shape: Shape) {
  return absentIfNull(shape).catch(undefined);
}

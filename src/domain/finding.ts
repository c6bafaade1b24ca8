/** One thing that was looked at, and what it is worth. Nothing in it is secret, or in a platform's own words. */
export interface Finding {
  /** In a few words: "policy", "connection burki". */
  what: string;
  /** Undefined for what belongs to the whole installation. */
  workspace?: string;
  /** The channel it is about, by its id. */
  channel?: string;
  ok: boolean;
  /** What is so and, where it is not well, what does not work and what to do next. */
  sentence: string;
}

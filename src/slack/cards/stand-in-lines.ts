import type { Away } from "./away-answers.ts";
import { type Names, named } from "./names.ts";
import { type Mrkdwn, mrkdwn } from "./text.ts";
import { when } from "./words.ts";

const mostShown = 6;

/** "Ben Okafor is away until Monday at 09:00. Dee Larsson may decide instead.": a line for each. */
export function standInLines(all: readonly Away[] = [], names?: Names): Mrkdwn[] {
  const lines = all
    .slice(0, mostShown)
    .map(
      ({ person, standIn, until }) =>
        mrkdwn`💤 ${named(person, names)} is away until ${when(until)}. ${named(standIn, names)} may decide instead.`,
    );
  const more = all.length - mostShown;
  return more > 0 ? [...lines, mrkdwn`…and ${more} more are away.`] : lines;
}

import fc from "fast-check";
import { House } from "./stage.ts";
import { stories } from "./stories.ts";

export interface Search {
  seed: number;
  numRuns: number;
}

/** What became of so many stories: where they got to, and the shortest story of what must not be. */
export interface Found {
  seen: string[];
  broken?: string;
}

/** How long a story that went wrong is made shorter. */
const shortenWithinMs = 60_000;

/** Plays stories until one goes wrong, then the shortest that goes wrong in some way. */
export async function search({ seed, numRuns }: Search): Promise<Found> {
  const house = new House();
  const seen = new Set<string>();
  let since: number | undefined;
  let shortest: string | undefined;
  const property = fc.asyncProperty(stories, async (story) => {
    // What is not made shorter in time stays as long as it is.
    if (since !== undefined && performance.now() - since > shortenWithinMs) return;
    try {
      const played = await house.play(story);
      for (const one of played.seen) seen.add(one);
    } catch (error) {
      since ??= performance.now();
      shortest = wordsOf(error);
      throw error;
    }
  });
  try {
    const run = await fc.check(property, { seed, numRuns });
    const broken =
      run.failed && `${shortest}\nPlay it again with FERMATA_SEED=${seed} and ${numRuns} stories.`;
    return { seen: [...seen].toSorted(), ...(broken && { broken }) };
  } finally {
    await house.close();
  }
}

/** A story that went wrong tells itself; anything else is told with its place. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message.startsWith("It is not so") ? error.message : (error.stack ?? error.message);
}

/** Stories are worth something only if they get everywhere. */
export const everywhere: readonly string[] = [
  "a choice",
  "a death",
  "cancel done by a call",
  "change denied",
  "change done",
  "change expired",
  "change failed",
  "change superseded",
  "end asked",
  "end_ratify",
  "extend asked",
  "form asked",
  "pause already",
  "pause done by a call",
  "resume done by a call",
  "resume refused",
  "reverse asked",
  "stop asked",
  "typed asked",
  "undo asked",
  "watch_target",
];

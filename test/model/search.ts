import fc from "fast-check";
import { House } from "./stage.ts";
import { stories } from "./stories.ts";

export interface Search {
  seed: number;
  numRuns: number;
}

/** What became of so many stories: where they got to, and of each claim that broke the shortest story. */
export interface Found {
  seen: string[];
  broken: string[];
}

/** A claim that did not hold: in which stories, and how the first of them went. */
interface Broken {
  stories: number[];
  told: string;
}

/** How long a story that went wrong is made shorter. */
const shortenWithinMs = 30_000;

/** Plays all of them, also when some go wrong, then makes one shorter for each claim that did not hold. */
export async function search({ seed, numRuns }: Search): Promise<Found> {
  const house = new House();
  const seen = new Set<string>();
  const broken = new Map<string, Broken>();
  let played = -1;
  const all = fc.asyncProperty(stories, async (story) => {
    played += 1;
    try {
      const play = await house.play(story);
      for (const one of play.seen) seen.add(one);
    } catch (error) {
      const claim = claimOf(error);
      const known = broken.get(claim);
      if (known) known.stories.push(played);
      else broken.set(claim, { stories: [played], told: wordsOf(error) });
    }
  });
  try {
    const run = await fc.check(all, { seed, numRuns });
    if (run.failed)
      throw new Error("the stories could not be played", { cause: run.errorInstance });
    const told: string[] = [];
    for (const [claim, one] of broken) {
      const shortest = await shortened(house, { seed, numRuns }, { claim, ...one });
      told.push(
        `${shortest}\n${one.stories.length} of ${numRuns} stories go so; play them again with FERMATA_SEED=${seed}.`,
      );
    }
    return { seen: [...seen].toSorted(), broken: told };
  } finally {
    await house.close();
  }
}

/** The shortest story in which the same claim does not hold. */
async function shortened(
  house: House,
  { seed, numRuns }: Search,
  { claim, stories: [first = 0], told }: Broken & { claim: string },
): Promise<string> {
  let shortest = told;
  let met = -1;
  let since: number | undefined;
  const property = fc.asyncProperty(stories, async (story) => {
    met += 1;
    if (met < first) return;
    // What is not made shorter in time stays as long as it is.
    since ??= performance.now();
    if (performance.now() - since > shortenWithinMs) return;
    try {
      await house.play(story);
    } catch (error) {
      if (claimOf(error) !== claim) return;
      shortest = wordsOf(error);
      throw error;
    }
  });
  await fc.check(property, { seed, numRuns });
  return shortest;
}

const notSo = "It is not so that ";

/** A story that went wrong begins with its claim, and what it was about stands behind that. */
function claimOf(error: unknown): string {
  const [line = ""] = wordsOf(error).split("\n");
  return line.startsWith(notSo) ? line.slice(notSo.length).replace(/ \(.*$/, "") : line;
}

/** A story that went wrong tells itself; anything else is told with its place. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message.startsWith(notSo) ? error.message : (error.stack ?? error.message);
}

/** Stories are worth something only if they get everywhere. */
export const everywhere: readonly string[] = [
  "a choice",
  "a death",
  "again asked",
  "cancel done by a call",
  "change denied",
  "change done",
  "change expired",
  "change failed",
  "change superseded",
  "change withdrawn",
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

import { createMemories, type Memories } from "../domain/memories.ts";

/** A call by what it is for and where it goes. */
export interface Broken {
  workspace: string;
  /** The method and the channel. */
  place: string;
  who: string;
}

/** `neither`: Slack has answered, and not with trouble of its own. */
export type Ended = "served" | "failed" | "neither";

/** Where calls fail: who has failed there, and when the next of them may try. */
interface Place {
  failed: Set<string>;
  /** How many calls in a row. */
  times: number;
  nextAt: number;
}

/** Of those that have failed at one place, one tries in so long; a stumble is none of them yet. */
const probeMs = { first: 250, longest: 10_000 };
const stumbles = 3;
/** So many of them are under way in one workspace at most, for each may hang. */
const mostUnderWay = 3;
const soonMs = 1_000;
const mostPlaces = 20_000;
const forgetMs = 3_600_000;

export interface Breakers {
  /** Whether this very thing has failed there, and more than stumbled. */
  isBroken(one: Broken): boolean;
  /** Milliseconds until it may try again; 0 for what has not failed. */
  restMs(one: Broken): number;
  begins(one: Broken): void;
  ends(one: Broken, how: Ended): void;
}

/**
 * What fails for no reason that we know is tried seldom, one at a time for each place, until one of them is served.
 * What has not failed there goes on as if nothing were.
 */
export function createBroken(
  nowMs: () => number,
  haste = 1,
  memories: Memories = createMemories(() => new Date(nowMs())),
): Breakers {
  const places = memories.open<Place>({ ms: forgetMs, most: mostPlaces, byUse: true });
  const underWay = new Map<string, Set<string>>();
  const placeOf = ({ workspace, place }: Broken) => places.get(workspace, place);
  const has = (one: Broken) => placeOf(one)?.failed.has(one.who) ?? false;
  const busy = ({ workspace }: Broken) => underWay.get(workspace)?.size ?? 0;

  const gap = ({ times }: Place) =>
    Math.round(Math.min(probeMs.longest, probeMs.first * 2 ** Math.min(times, 10)) / haste);
  const failed = (one: Broken) => {
    const place = placeOf(one) ?? { failed: new Set<string>(), times: 0, nextAt: 0 };
    place.failed.add(one.who);
    place.nextAt = Math.max(place.nextAt, nowMs() + gap(place));
    place.times += 1;
    places.set(one.workspace, one.place, place);
  };

  return {
    isBroken: (one) => has(one) && (placeOf(one)?.times ?? 0) >= stumbles,
    restMs(one) {
      if (!has(one)) return 0;
      const rest = (placeOf(one)?.nextAt ?? 0) - nowMs();
      if (rest > 0) return rest;
      return busy(one) >= mostUnderWay ? soonMs : 0;
    },
    begins(one) {
      const place = placeOf(one);
      if (!place?.failed.has(one.who)) return;
      place.nextAt = nowMs() + gap(place);
      const set = underWay.get(one.workspace) ?? new Set<string>();
      underWay.set(one.workspace, set.add(`${one.place} ${one.who}`));
    },
    ends(one, how) {
      const set = underWay.get(one.workspace);
      set?.delete(`${one.place} ${one.who}`);
      if (set?.size === 0) underWay.delete(one.workspace);
      if (how === "failed") failed(one);
      if (how === "served" && has(one)) places.delete(one.workspace, one.place);
    },
  };
}

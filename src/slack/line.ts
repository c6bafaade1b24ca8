import { type Bounds, type Bucket, createBucket } from "../domain/bucket.ts";

/** Cards, which carry decisions, go before news of them, and both before digests; last comes what has failed before. */
export type Importance = "card" | "news" | "digest" | "broken";

const rank: Record<Importance, number> = { card: 0, news: 1, digest: 2, broken: 3 };
/** So many calls are left to what is more important, so that a card never waits for a digest. */
const leaves: Record<Importance, number> = { card: 0, news: 1, digest: 2, broken: 10 };
/** Whoever does not come back so long after the promised moment has lost the place. */
const graceMs = 10_000;

interface Place {
  rank: number;
  number: number;
  promisedAt: number;
}

/** Who waits for calls that share one limit, and what is left of it. Times are milliseconds. */
export interface Line {
  bucket: Bucket;
  waiting: Map<string, Place>;
  last: number;
}

export function newLine(bounds: Bounds, at: number): Line {
  return { bucket: createBucket(bounds, at), waiting: new Map(), last: 0 };
}

/**
 * Milliseconds until it is this one's turn. Until then its place in the line is kept, so that a hundred who wait are
 * promised a hundred moments and do not all come back at the next.
 */
export function waitIn(
  line: Line,
  bounds: Bounds,
  { who, importance }: { who: string; importance: Importance },
  at: number,
): number {
  for (const [name, { promisedAt }] of line.waiting)
    if (name !== who && promisedAt + graceMs < at) line.waiting.delete(name);
  const mine = { rank: rank[importance], number: line.waiting.get(who)?.number ?? line.last + 1 };
  const needed = before(line, who, mine) + 1 + leaves[importance];
  if (line.bucket.left(at) >= Math.min(needed, bounds.burst)) return 0;
  const wait = line.bucket.waitMs(needed, at);
  line.last = Math.max(line.last, mine.number);
  line.waiting.set(who, { ...mine, promisedAt: at + wait });
  return wait;
}

export function takeTurn(line: Line, who: string, at: number): void {
  line.bucket.take(at);
  line.waiting.delete(who);
}

function before(line: Line, who: string, mine: Pick<Place, "rank" | "number">): number {
  let count = 0;
  for (const [name, place] of line.waiting) {
    const first = place.rank - mine.rank || place.number - mine.number;
    if (name !== who && first < 0) count += 1;
  }
  return count;
}

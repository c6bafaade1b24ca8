import { type Bucket, createBucket } from "../domain/bucket.ts";
import { createMemories, type Memories } from "../domain/memories.ts";

/** Commands, clicks and forms a minute; 0 is no limit. */
export interface Limits {
  person: number;
  workspace: number;
}

/** `act`: a command, a press or a form. `call`: our name in a message. `type`: a letter in a list to choose from. */
export type Sending = "act" | "call" | "type";

/** Who sent something, by Slack's ids. */
export interface Sender {
  workspace: string;
  user: string;
  sending: Sending;
}

export type Judged =
  | { kind: "within" }
  /** `retryAfterSeconds` until one more fits. */
  | { kind: "too_many"; whose: keyof Limits; limit: number; retryAfterSeconds: number };

export interface Fairness {
  /** Counts one request of this sender, unless there are too many already. Nothing is stored. */
  judge(sender: Sender): Judged;
  /** It was here before, and counts no second time. */
  giveBack(sender: Sender): void;
}

/** More senders than this in a minute are no longer told apart from those long gone. */
const mostBuckets = 20_000;
/** Far longer than a bucket needs to be full, so that a clock that is set back gives nothing away. */
const keptMs = 24 * 3_600_000;
/** Whoever types a name sends a request for every letter or two. */
const lettersForEach = 4;
/** Of what may be sent calls leave so much to commands, presses and forms. */
const keptFromCalls = 1 / 3;

/**
 * A bucket for each person and for each workspace, filled evenly over a minute; letters have buckets of their own.
 * Judged in memory before anything is stored, so that one who floods costs the others nothing.
 */
export function createFairness(
  limits: Limits,
  now: () => Date,
  memories: Memories = createMemories(now),
): Fairness {
  const bounds = { ms: keptMs, most: mostBuckets, byUse: true };
  const buckets = {
    person: memories.open<Bucket>(bounds),
    workspace: memories.open<Bucket>(bounds),
  };

  const bucketOf = (whose: keyof Limits, { workspace, user, sending }: Sender, at: number) => {
    const limit = limits[whose] * (sending === "type" ? lettersForEach : 1);
    if (limit === 0) return undefined;
    const kind = sending === "type" ? "type" : "act";
    const key = whose === "person" ? `${kind} ${user}` : kind;
    const memory = buckets[whose];
    const bucket =
      memory.get(workspace, key) ?? createBucket({ burst: limit, perMinute: limit }, at);
    memory.set(workspace, key, bucket);
    const leaving = sending === "call" ? Math.floor(limit * keptFromCalls) : 0;
    return { whose, limit, leaving, bucket };
  };
  const both = (sender: Sender, at: number) =>
    [bucketOf("person", sender, at), bucketOf("workspace", sender, at)].filter(
      (one) => one !== undefined,
    );

  return {
    judge(sender) {
      const at = now().getTime();
      const all = both(sender, at);
      for (const { whose, limit, leaving, bucket } of all) {
        const waitMs = bucket.waitMs(Math.min(limit, 1 + leaving), at);
        if (waitMs > 0)
          return { kind: "too_many", whose, limit, retryAfterSeconds: Math.ceil(waitMs / 1000) };
      }
      for (const { bucket } of all) bucket.take(at);
      return { kind: "within" };
    },
    giveBack(sender) {
      for (const { bucket } of both(sender, now().getTime())) bucket.give(1);
    },
  };
}

/** What somebody is told who sends too much. */
export function tooManyWords({
  whose,
  limit,
  retryAfterSeconds,
}: Extract<Judged, { kind: "too_many" }>): string {
  const who = whose === "person" ? "You have" : "This workspace has";
  const wait = retryAfterSeconds === 1 ? "a second" : `${retryAfterSeconds} seconds`;
  return `${who} sent more than ${limit} commands and clicks in a minute, so this one was not taken and nothing was done. Please try again in ${wait}.`;
}

/** Commands, clicks and forms a minute; 0 is no limit. */
export interface Limits {
  person: number;
  workspace: number;
}

/** Who sent something, by Slack's ids. */
export interface Sender {
  workspace: string;
  user: string;
}

export type Judged =
  | { kind: "within" }
  /** `retryAfterSeconds` until one more fits. */
  | { kind: "too_many"; whose: keyof Limits; limit: number; retryAfterSeconds: number };

export interface Fairness {
  /** Counts one request of this sender, unless there are too many already. Nothing is stored. */
  judge(sender: Sender): Judged;
}

interface Bucket {
  left: number;
  at: number;
}

const minuteMs = 60_000;
/** More senders than this in a minute are no longer told apart from those long gone. */
const mostBuckets = 20_000;

/**
 * A bucket for each person and for each workspace, filled evenly over a minute. Judged in memory
 * before anything is stored, so that one who floods costs the others nothing.
 */
export function createFairness(limits: Limits, now: () => Date): Fairness {
  const people = new Map<string, Bucket>();
  const workspaces = new Map<string, Bucket>();
  return {
    judge({ workspace, user }) {
      const at = now().getTime();
      const person = filled(people, `${workspace}/${user}`, limits.person, at);
      const whole = filled(workspaces, workspace, limits.workspace, at);
      if (person && person.left < 1) return tooMany("person", limits.person, person);
      if (whole && whole.left < 1) return tooMany("workspace", limits.workspace, whole);
      for (const bucket of [person, whole]) if (bucket) bucket.left -= 1;
      return { kind: "within" };
    },
  };
}

function filled(
  buckets: Map<string, Bucket>,
  key: string,
  limit: number,
  at: number,
): Bucket | undefined {
  if (limit === 0) return undefined;
  const bucket = buckets.get(key) ?? { left: limit, at };
  // A clock that was set back gives nothing and takes nothing.
  const passed = Math.max(0, at - bucket.at);
  bucket.left = Math.min(limit, bucket.left + (passed * limit) / minuteMs);
  bucket.at = at;
  // Last used, last forgotten.
  buckets.delete(key);
  buckets.set(key, bucket);
  const [oldest] = buckets.keys();
  if (buckets.size > mostBuckets && oldest !== undefined) buckets.delete(oldest);
  return bucket;
}

function tooMany(whose: keyof Limits, limit: number, bucket: Bucket): Judged {
  const missing = ((1 - bucket.left) * minuteMs) / limit;
  return { kind: "too_many", whose, limit, retryAfterSeconds: Math.ceil(missing / 1000) };
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

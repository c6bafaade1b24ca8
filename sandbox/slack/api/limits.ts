import { type Args, textArg } from "./answer.ts";
import { tierOf, tiers } from "./methods.ts";

/** Short bursts of posts to one channel are let through before the one-a-second rule bites. */
const postBurst = 5;

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** Seconds to wait before a call is welcome again; 0 lets it through and counts it. Each workspace has its own. */
export function createLimits(
  now: () => Date,
): (method: string, args: Args, team: string | undefined) => number {
  const buckets = new Map<string, Bucket>();
  return (method, args, team) => {
    const tier = tierOf(method);
    if (!tier) return 0;
    const channel = tier === "special" ? textArg(args, "channel") : "";
    const key = [team, method, channel].join(" ");
    return take(buckets, key, tier === "special" ? postBurst : tiers[tier], tiers[tier], now());
  };
}

function take(
  buckets: Map<string, Bucket>,
  key: string,
  size: number,
  perMinute: number,
  at: Date,
): number {
  const perMs = perMinute / 60_000;
  const bucket = buckets.get(key) ?? { tokens: size, filledAt: at.getTime() };
  const filled = Math.min(size, bucket.tokens + (at.getTime() - bucket.filledAt) * perMs);
  const allowed = filled >= 1;
  buckets.set(key, { tokens: allowed ? filled - 1 : filled, filledAt: at.getTime() });
  return allowed ? 0 : Math.ceil((1 - filled) / perMs / 1000);
}

import { type Args, textArg } from "./answer.ts";
import { methods, tiers } from "./methods.ts";

/** Short bursts of posts to one channel are let through before the one-a-second rule bites. */
const postBurst = 5;

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** Seconds to wait before a call is welcome again; 0 lets it through and counts it. */
export function createLimits(now: () => Date): (method: string, args: Args) => number {
  const buckets = new Map<string, Bucket>();
  return (method, args) => {
    const tier = methods[method]?.tier;
    if (!tier) return 0;
    const key = tier === "special" ? `${method} ${textArg(args, "channel")}` : method;
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

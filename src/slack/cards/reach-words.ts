import { vendorTitles } from "../../domain/campaign.ts";
import type { Target } from "../../domain/change.ts";
import { type Mrkdwn, mrkdwn } from "./text.ts";
import { counted, listed } from "./words.ts";

/** "142 contacts still queued, 3 in flight", over all campaigns; what no platform tells is said to be unknown. */
export function reachWords(targets: readonly Target[]): Mrkdwn | undefined {
  const read = targets.flatMap(({ reach }) => reach ?? []);
  if (read.length === 0) return undefined;
  const queued = summed(read.map((reach) => reach.queued ?? leftOf(reach)));
  const inFlight = summed(read.map((reach) => reach.inFlight));
  const worthTelling = (sum: Sum | undefined) => sum && (sum.sum > 0 || isWhole(sum, targets));
  const known = [
    queued && worthTelling(queued) && `${counted(queued.sum, "contact")} still queued`,
    inFlight && worthTelling(inFlight) && `${inFlight.sum.toLocaleString("en")} in flight`,
  ].filter((part) => typeof part === "string");
  const unknown = [
    !isWhole(queued, targets) && "queued",
    !isWhole(inFlight, targets) && "in flight",
  ].filter((part) => part !== false);
  return mrkdwn`${sentence(known, unknown, targets)}`;
}

interface Sum {
  sum: number;
  of: number;
}

function sentence(
  known: readonly string[],
  unknown: readonly string[],
  targets: readonly Target[],
) {
  const some = known.length > 0 && targets.length > 1 && unknown.length > 0;
  const first = known.length > 0 ? `${some ? "At least " : ""}${listed(known, "and")}` : "";
  if (unknown.length === 0) return first;
  const vendors = [...new Set(targets.map(({ vendor }) => vendorTitles[vendor]))];
  const whose = targets.length === 1 ? listed(vendors) : "not every platform";
  const missing =
    targets.length === 1
      ? `${whose} does not tell how many are ${listed(unknown, "or")}`
      : `${whose} tells how many are ${listed(unknown, "or")}`;
  return first === "" ? missing : `${first}; ${missing}`;
}

/** Undefined if no campaign's number is known. */
function summed(counts: readonly (number | undefined)[]): Sum | undefined {
  const known = counts.filter((count) => count !== undefined);
  if (known.length === 0) return undefined;
  return { sum: known.reduce((sum, count) => sum + count, 0), of: known.length };
}

function isWhole(sum: Sum | undefined, targets: readonly Target[]): boolean {
  return sum?.of === targets.length;
}

function leftOf({ total, done }: { total?: number; done?: number }): number | undefined {
  return total !== undefined && done !== undefined && total >= done ? total - done : undefined;
}

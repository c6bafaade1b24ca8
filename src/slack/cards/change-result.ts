import { vendorTitles } from "../../domain/campaign.ts";
import type { Change, Target } from "../../domain/change.ts";
import { isSo } from "./faces.ts";
import { perPlatform } from "./stop-answer.ts";
import { listed, nameOf, verbs } from "./words.ts";

/** Only said when no changing call has ever left. */
export function untouched(change: Change): string {
  const nothing = change.targets.every((target) => target.attempts === 0);
  return nothing ? "Nothing was changed." : "See below how far each campaign had come.";
}

export function soFar({ targets }: Change): string {
  const so = targets.filter(isSo).length;
  return targets.length === 1 ? "Not confirmed yet." : `${so} of ${targets.length} confirmed.`;
}

/** "Paused 2 of 3. “EU Winback” was not paused." */
export function resultOf(change: Change): string {
  const { targets } = change;
  const { done, past } = verbs[change.action];
  const so = targets.filter(isSo);
  if (so.length === targets.length) return `${allSo(change)}${settling(change)}`;
  const counted = so.length > 0 ? [`${done} ${so.length} of ${targets.length}.`] : [];
  const unclear = targets.filter(({ state }) => state === "needs_attention" || state === "unknown");
  const not = targets.filter(({ state }) => state === "refused" || state === "failed");
  if (not.length > 0) counted.push(`${named(not)} ${were(not)} not ${past}.`);
  const undone = targets.filter(({ watch }) => watch === "changed");
  if (undone.length > 0) counted.push(`${named(undone)} did not stay ${past}.`);
  if (unclear.length > 0) {
    counted.push(`We could not find out whether ${named(unclear)} ${were(unclear)} ${past}.`);
  }
  return counted.join(" ");
}

function allSo(change: Change): string {
  const { action, targets } = change;
  const { done, past } = verbs[action];
  const [only] = targets;
  if (targets.every(({ state }) => state === "already")) {
    return targets.length === 1
      ? `Nothing had to be changed: it was already ${past}.`
      : `Nothing had to be changed: all ${targets.length} were already ${past}.`;
  }
  if (change.stop) {
    const each = `${done} ${perPlatform(change)}, read back there.`;
    return `Verified stopped: ${each}`;
  }
  return only && targets.length === 1
    ? `${done}, and ${vendorTitles[only.vendor]} confirms it.`
    : `${done} all ${targets.length}, each confirmed by its platform.`;
}

/** Said until it is settled: a pause may still be undone, or overrun by what was under way. */
function settling({ targets }: Change): string {
  const watched = targets.filter(({ watch }) => watch === "watching");
  if (watched.length === 0) return "";
  const platforms = listed([...new Set(watched.map(({ vendor }) => vendorTitles[vendor]))]);
  return ` What was under way may still go out; ${platforms} is read again for a minute to make sure.`;
}

export function unclearOf({ targets }: Change): Target[] {
  return targets.filter(({ state }) => state === "needs_attention" || state === "unknown");
}

function named(targets: readonly Target[]): string {
  const [first] = targets;
  if (targets.length > 3) return `${targets.length} campaigns`;
  return first ? listed(targets.map((target) => nameOf(target.campaign, 60))) : "nothing";
}

function were(targets: readonly Target[]): string {
  return targets.length === 1 ? "was" : "were";
}

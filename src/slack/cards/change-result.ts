import { vendorTitles } from "../../domain/campaign.ts";
import type { Change, Target, Watch } from "../../domain/change.ts";
import { isSo, wordOf } from "./faces.ts";
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
  if (so.length === targets.length) return allSo(change);
  const counted = so.length > 0 ? [`${done} ${so.length} of ${targets.length}.`] : [];
  const say = (which: readonly Target[], words: string) => {
    if (which.length > 0) counted.push(`${named(which)} ${words}.`);
  };
  const having = (watch: Watch) => targets.filter((target) => target.watch === watch);
  const not = targets.filter(({ state }) => state === "refused" || state === "failed");
  say(not, `${were(not)} not ${past}`);
  say(having("changed"), `did not stay ${past}`);
  say(having("unconfirmed"), `could not be confirmed to have stayed ${past}`);
  const unclear = unclearOf(change);
  if (unclear.length > 0) {
    counted.push(`We could not find out whether ${named(unclear)} ${were(unclear)} ${past}.`);
  }
  const taken = having("overtaken");
  say(taken, `${were(taken)} ${past}, and a newer change has changed that since`);
  const ended = having("ended");
  say(ended, `${ended.length === 1 ? "has" : "have"} ended, so nothing goes out any more`);
  return counted.join(" ");
}

function allSo(change: Change): string {
  const { action, targets } = change;
  const { done, past } = verbs[action];
  const [only] = targets;
  const watched = targets.filter(({ watch }) => watch === "watching");
  if (watched.length > 0) return soFarSo(change, watched);
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

/** Said until it is settled: a success may still be undone, or overrun by what was under way. */
function soFarSo({ action, targets }: Change, watched: readonly Target[]): string {
  const [only] = targets;
  const what =
    only && targets.length === 1
      ? wordOf(only, action)
      : `${verbs[action].done} all ${targets.length}`;
  const platforms = listed([...new Set(watched.map(({ vendor }) => vendorTitles[vendor]))]);
  const waits = [...new Set(watched.flatMap(({ watchFor }) => watchFor ?? []))];
  if (waits.length > 0) {
    return `${what}, and still being watched: ${listed(waits)}. ${platforms} may undo it when that is over, and is read again until then.`;
  }
  const may =
    action === "resume" ? "It may still be undone" : "What was under way may still go out";
  return `${what}, and still being watched. ${may}; ${platforms} is read again to make sure.`;
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

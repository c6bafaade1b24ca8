import { vendorTitles } from "../../domain/campaign.ts";
import type { Change, Target, Watch } from "../../domain/change.ts";
import { isSo, isUnread, wordOf } from "./faces.ts";
import { perPlatform } from "./stop-answer.ts";
import { capital, listed, nameOf, standing, verbs } from "./words.ts";

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
    if (which.length > 0) counted.push(capital(`${named(which)} ${words}.`));
  };
  const having = (watch: Watch) => targets.filter((target) => target.watch === watch);
  const not = targets.filter(({ state }) => state === "refused" || state === "failed");
  say(not, `${were(not)} not ${past}`);
  say(having("changed"), `did not stay ${standing[change.action]}`);
  say(having("unconfirmed"), `could not be confirmed to have stayed ${standing[change.action]}`);
  const unclear = unclearOf(change);
  const unsent = unclear.filter(({ attempts }) => attempts === 0);
  say(unsent, `${were(unsent)} not ${past} by this, as nothing was sent`);
  const unseen = unclear.filter((one) => one.attempts > 0 && !isSeenSince(one, change));
  if (unseen.length > 0) {
    counted.push(`We could not find out whether ${named(unseen)} ${were(unseen)} ${past}.`);
  }
  const seen = unclear.filter((one) => one.attempts > 0 && isSeenSince(one, change));
  if (seen.length > 0) {
    const what = `whether ${named(seen)} ${were(seen)} ${past}`;
    counted.push(`We could not find out in time ${what}. What it showed since is below.`);
  }
  for (const [did, taken] of byTaker(having("overtaken"))) {
    say(taken, `${were(taken)} ${past}, and ${were(taken)} ${did} since by a newer change`);
  }
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
  const unread = watched.filter(isUnread);
  if (unread.length > 0) {
    const so = `${were(unread)} ${standing[action]} when last read, and could not be read since`;
    return `${capital(named(unread))} ${so}. ${platforms} is read again by itself.`;
  }
  const waits = [...new Set(watched.flatMap(({ watchFor }) => watchFor ?? []))];
  if (waits.length > 0) {
    return `${what}, and still being watched: ${listed(waits)}. ${platforms} may undo it when that is over, and is read again to make sure.`;
  }
  const may =
    action === "resume" ? "It may still be undone" : "What was under way may still go out";
  return `${what}, and still being watched. ${may}; ${platforms} is read again to make sure.`;
}

/** By what a newer change did. */
function byTaker(taken: readonly Target[]): Map<string, Target[]> {
  const groups = new Map<string, Target[]>();
  for (const target of taken) {
    const did = target.overtaken ? verbs[target.overtaken.action].past : "changed";
    groups.set(did, [...(groups.get(did) ?? []), target]);
  }
  return groups;
}

/** Somebody had it read again after the end, and it could be. */
export function isSeenSince({ checkedAt }: Target, { endedAt }: Change): boolean {
  return checkedAt !== undefined && endedAt !== undefined && checkedAt > endedAt;
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

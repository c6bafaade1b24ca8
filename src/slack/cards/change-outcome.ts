import { vendorTitles } from "../../domain/campaign.ts";
import type { Change, ChangeState, Target } from "../../domain/change.ts";
import { missingApproval } from "./approval-words.ts";
import { isSo } from "./faces.ts";
import { joined, type Mrkdwn, mrkdwn } from "./text.ts";
import { listed, nameOf, person, verbs, when } from "./words.ts";

/** Where the change stands: what happened, what did not, and what to do next. */
export function outcomeOf(change: Change): Mrkdwn {
  const sentences = {
    waiting: waiting,
    approved: (it) => mrkdwn`${start(it)}About to start. ${untouched(it)}`,
    running: (it) => mrkdwn`${start(it)}${verbs[it.action].doing}… ${soFar(it)}`,
    done: (it) => mrkdwn`${spoken(it)}${planned(it)}`,
    partly: (it) => mrkdwn`${spoken(it)} ${next(it)}`,
    failed: (it) => mrkdwn`${spoken(it)} ${next(it)}`,
    needs_attention: (it) => mrkdwn`${spoken(it)} ${next(it)}`,
    denied: (it) => mrkdwn`Denied by ${decider(it)}${denialReason(it)}. ${untouched(it)}`,
    expired: (it) => mrkdwn`Nobody decided in time. ${untouched(it)} ${askAgain}`,
    withdrawn: (it) =>
      mrkdwn`Withdrawn by ${person(it.askedBy)} before it was decided. ${untouched(it)}`,
    superseded: (it) =>
      mrkdwn`Something newer took the place of this before it began. ${untouched(it)} ${askAgain}`,
  } satisfies Record<ChangeState, (change: Change) => Mrkdwn>;
  return sentences[change.state](change);
}

const askAgain = "If it is still wanted, type the command again.";

/** The same without names, for the line that notifications and screen readers get. */
export function spokenOutcome(change: Change): Mrkdwn {
  const words = {
    waiting: (it) => `waiting for ${missingApproval(it)?.count ?? "approval"}.`,
    approved: () => "approved, about to start.",
    running: (it) => `working… ${soFar(it)}`,
    done: (it) => `done. ${spoken(it)}`,
    partly: (it) => `partly done. ${spoken(it)}`,
    failed: (it) => `failed. ${spoken(it)}`,
    needs_attention: (it) => `needs a look. ${spoken(it)}`,
    denied: (it) => `denied. ${untouched(it)}`,
    expired: (it) => `expired. ${untouched(it)}`,
    withdrawn: (it) => `withdrawn. ${untouched(it)}`,
    superseded: (it) => `superseded. ${untouched(it)}`,
  } satisfies Record<ChangeState, (change: Change) => string>;
  return mrkdwn`${words[change.state](change)}`;
}

function waiting(change: Change): Mrkdwn {
  const missing = missingApproval(change);
  const ask = missing
    ? mrkdwn`Waiting for ${missing.count} from ${missing.from}.`
    : mrkdwn`Waiting for approval.`;
  return mrkdwn`${ask} ${untouched(change)}`;
}

function start(change: Change): Mrkdwn {
  const by = [
    ...new Set(change.votes.filter(({ kind }) => kind === "approve").map((vote) => vote.by)),
  ];
  return by.length > 0 ? mrkdwn`Approved by ${joined(by.map(person), " and ")}. ` : mrkdwn``;
}

/** Only said when no changing call has ever left. */
function untouched(change: Change): string {
  const nothing = change.targets.every((target) => target.attempts === 0);
  return nothing ? "Nothing was changed." : "See below how far each campaign had come.";
}

function soFar({ targets }: Change): string {
  return `${targets.filter(isSo).length} of ${targets.length} confirmed.`;
}

/** "Paused 2 of 3. “EU Winback” was not paused." */
function spoken(change: Change): string {
  const { targets } = change;
  const { done, past } = verbs[change.action];
  const so = targets.filter(isSo);
  if (so.length === targets.length) return allSo(change);
  const counted = so.length > 0 ? [`${done} ${so.length} of ${targets.length}.`] : [];
  const unclear = targets.filter(({ state }) => state === "needs_attention" || state === "unknown");
  const not = targets.filter(({ state }) => state === "refused" || state === "failed");
  if (not.length > 0) counted.push(`${named(not)} ${were(not)} not ${past}.`);
  if (unclear.length > 0) {
    counted.push(`We could not find out whether ${named(unclear)} ${were(unclear)} ${past}.`);
  }
  return counted.join(" ");
}

function allSo({ action, targets }: Change): string {
  const { done, past } = verbs[action];
  const [only] = targets;
  if (targets.every(({ state }) => state === "already")) {
    return targets.length === 1
      ? `It was already ${past}, so nothing had to be changed.`
      : `All ${targets.length} were already ${past}, so nothing had to be changed.`;
  }
  return only && targets.length === 1
    ? `${done}, and ${vendorTitles[only.vendor]} confirms it.`
    : `${done} all ${targets.length}, each confirmed by its platform.`;
}

function planned({ action, until }: Change): Mrkdwn {
  return action === "pause" && until
    ? mrkdwn` The pause was asked for until ${when(until)}.`
    : mrkdwn``;
}

function next(change: Change): string {
  const platforms = listed([
    ...new Set(unclearOf(change).map(({ vendor }) => vendorTitles[vendor])),
  ]);
  if (change.state === "needs_attention") return `Look in ${platforms}, or press Check again.`;
  const check =
    platforms === "" ? "" : ` For what is unclear, look in ${platforms} or press Check again.`;
  return `The reason is below. When it is dealt with, press Try again.${check}`;
}

function unclearOf({ targets }: Change): Target[] {
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

function decider({ votes }: Change): Mrkdwn {
  const deny = votes.findLast(({ kind }) => kind === "deny");
  return deny ? person(deny.by) : mrkdwn`an approver`;
}

function denialReason({ votes }: Change): Mrkdwn {
  const reason = votes.findLast(({ kind }) => kind === "deny")?.reason;
  return reason ? mrkdwn`: “${reason.replace(/[.\s]+$/, "")}”` : mrkdwn``;
}

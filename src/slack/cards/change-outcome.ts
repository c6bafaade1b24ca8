import { vendorTitles } from "../../domain/campaign.ts";
import type { Change, ChangeState } from "../../domain/change.ts";
import { whatStopped } from "../../domain/stopped-by.ts";
import { missingApproval } from "./approval-words.ts";
import type { ChangeCardContext } from "./change-card.ts";
import { isSeenSince, resultOf, soFar, unclearOf, untouched } from "./change-result.ts";
import { joined, type Mrkdwn, mrkdwn } from "./text.ts";
import { clock, listed, person, verbs } from "./words.ts";

/** Where the change stands: what happened, what did not, and what to do next. */
export function outcomeOf(change: Change, about: ChangeCardContext = {}): Mrkdwn {
  const where = about.copy ? " on the card" : "";
  const sentences = {
    waiting: (it) => waiting(it, about),
    approved: (it) => mrkdwn`${start(it)}About to start. Nothing has been changed yet.`,
    running: (it) => mrkdwn`${start(it)}${verbs[it.action].doing}… ${soFar(it)}`,
    done: (it) => mrkdwn`${resultOf(it)}${tryAgain(it, where)}${checkAgain(it, where)}`,
    partly: (it) => mrkdwn`${resultOf(it)} ${next(it, where)}`,
    failed: (it) => mrkdwn`${resultOf(it)} ${next(it, where)}`,
    needs_attention: (it) => mrkdwn`${resultOf(it)} ${next(it, where)}`,
    denied: (it) => mrkdwn`${denial(it)} ${untouched(it)}`,
    expired: (it) =>
      it.decidedAt
        ? mrkdwn`${start(it)}It could not be begun in time. ${untouched(it)} ${askAgain(where)}`
        : mrkdwn`Nobody decided in time. ${untouched(it)} ${unlessOver(it, where)}`,
    withdrawn: (it) =>
      mrkdwn`Withdrawn by ${person(it.askedBy)} before it was decided. ${untouched(it)}`,
    superseded: (it) =>
      mrkdwn`${start(it)}${whatStopped(it) ?? `${notAsAgreed} ${untouched(it)}`} ${typeAgain}`,
  } satisfies Record<ChangeState, (change: Change) => Mrkdwn>;
  return sentences[change.state](change);
}

function tryAgain({ targets }: Change, where: string): string {
  return targets.some(({ watch }) => watch === "changed")
    ? ` Press Try again${where} to ask for it once more.`
    : "";
}

function checkAgain({ targets }: Change, where: string): string {
  return targets.some(({ watch }) => watch === "unconfirmed")
    ? ` Press Check again${where} to have it read once more.`
    : "";
}

/** Nothing is asked again by itself. */
const askAgain = (where: string) => `If it is still wanted, press Ask again${where}.`;
/** Asked again it would have no time left. */
const unlessOver = ({ until, endedAt }: Change, where: string) =>
  until && endedAt && until <= endedAt
    ? "It was to last until then at most, so type the command with another time if it is still wanted."
    : askAgain(where);
const notAsAgreed = "What was agreed to is not there any more as it was.";
const typeAgain = "If it is still wanted, type the command again.";

function waiting(change: Change, { names }: ChangeCardContext): Mrkdwn {
  const missing = missingApproval(change, names);
  const ask = missing
    ? mrkdwn`Waiting for ${missing.count} from ${missing.from}.`
    : mrkdwn`Waiting for approval.`;
  return mrkdwn`${ask} Nothing has been changed yet.`;
}

function start(change: Change): Mrkdwn {
  const by = [
    ...new Set(change.votes.filter(({ kind }) => kind === "approve").map((vote) => vote.by)),
  ];
  return by.length > 0 ? mrkdwn`Approved by ${inSeries(by.map(person))}. ` : mrkdwn``;
}

/** "Ben, Chi and Dee". */
function inSeries(parts: readonly Mrkdwn[]): Mrkdwn {
  const [last, ...before] = parts.toReversed();
  const first = joined(before.toReversed(), ", ");
  return last && before.length > 0 ? mrkdwn`${first} and ${last}` : joined(parts, "");
}

function next(change: Change, where: string): string {
  const platforms = listed([
    ...new Set(unclearOf(change).map(({ vendor }) => vendorTitles[vendor])),
  ]);
  if (change.state === "needs_attention") {
    const seen = unclearOf(change).every((target) => isSeenSince(target, change));
    return seen
      ? `Press Check again${where} to have it read once more.`
      : `Look in ${platforms}, or press Check again${where}.`;
  }
  const check =
    platforms === ""
      ? ""
      : ` For what is unclear, look in ${platforms} or press Check again${where}.`;
  return `The reason is below. When it is dealt with, press Try again${where}.${check}`;
}

/** "Denied by Ben at 14:02: “It ends tomorrow anyway”." */
function denial({ votes }: Change): Mrkdwn {
  const deny = votes.findLast(({ kind }) => kind === "deny");
  if (!deny) return mrkdwn`Denied.`;
  const reason = deny.reason?.replace(/[.\s]+$/, "");
  const why = reason ? mrkdwn`: “${reason}”` : mrkdwn``;
  return mrkdwn`Denied by ${person(deny.by)} at ${clock(deny.at)}${why}.`;
}

import { vendorTitles } from "../../domain/campaign.ts";
import type { Change, Target } from "../../domain/change.ts";
import { approvalWords } from "./approval-words.ts";
import type { Names } from "./names.ts";
import { type LostEnd, lostEndWords } from "./pause-end.ts";
import { reachWords } from "./reach-words.ts";
import { code, escaped, joined, type Mrkdwn, mrkdwn } from "./text.ts";
import { counted, nameOf, person, when } from "./words.ts";

interface About {
  names?: Names | undefined;
  extendedBy?: string | undefined;
  lostEnd?: LostEnd | undefined;
}

/** Who, why, what, until when, under which rule: everything a decision needs, in two columns. */
export function changeFields(change: Change, { names, extendedBy, lostEnd }: About = {}): Mrkdwn[] {
  return [
    mrkdwn`*Asked by*\n${person(change.askedBy)}, ${when(change.askedAt)}`,
    mrkdwn`*Why*\n${change.reason ? escaped(change.reason, 500) : mrkdwn`No reason given`}`,
    mrkdwn`*Scope*\n${scope(change.targets)}${stake(change)}`,
    ...until(change, { extendedBy, lostEnd }),
    mrkdwn`*Policy*\n${policy(change, names)}`,
    ...expires(change),
  ];
}

const mostIds = 5;

/** Ids in the form in which they can be typed again. */
function scope(targets: readonly Target[]): Mrkdwn {
  const ids = targets
    .slice(0, mostIds)
    .map((target) => code(`${target.connection}:${target.campaign.id}`));
  const [first] = targets;
  if (first && targets.length === 1) {
    return mrkdwn`${nameOf(first.campaign)}\n${joined(ids, "")} at ${vendorTitles[first.vendor]}`;
  }
  const more = targets.length - ids.length;
  const rest = more > 0 ? ` and ${more} more` : "";
  return mrkdwn`${counted(targets.length, "campaign")}\n${joined(ids, ", ")}${rest}`;
}

/** How much is at stake matters to whoever decides. */
function stake({ state, targets }: Change): Mrkdwn {
  const words = state === "waiting" ? reachWords(targets) : undefined;
  return words ? mrkdwn`\n${words}` : mrkdwn``;
}

function until(change: Change, { extendedBy, lostEnd }: About): Mrkdwn[] {
  if (change.action === "resume") return [];
  if (change.action === "cancel") return [mrkdwn`*Until*\nFor good`];
  if (!change.until) return [mrkdwn`*Until*\nSomeone resumes it`];
  if (extendedBy !== undefined)
    return [mrkdwn`*Until*\nExtended by ${code(extendedBy)}, was ${when(change.until)}`];
  if (lostEnd) return [mrkdwn`*Until*\n${lostEndWords(change.until, lostEnd)}`];
  return [mrkdwn`*Until*\n${when(change.until)}, then a resume is asked for`];
}

function policy(change: Change, names?: Names): Mrkdwn {
  const { verdict } = change;
  if (verdict.kind === "allow") return mrkdwn`No approval needed\nRule: ${verdict.rule}`;
  if (verdict.kind === "deny") return mrkdwn`Not allowed\nRule: ${verdict.rule}`;
  if (verdict.kind === "ratify")
    return mrkdwn`Acts first, ratified afterwards\nRule: ${verdict.rule}`;
  return joined(approvalWords(change, names), "\n");
}

function expires(change: Change): Mrkdwn[] {
  if (change.state !== "waiting" || !change.expiresAt) return [];
  const why =
    change.until?.getTime() === change.expiresAt.getTime() ? ", as the pause ends then" : "";
  return [mrkdwn`*Expires*\n${when(change.expiresAt)}${why}`];
}

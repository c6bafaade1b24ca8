import type { Button, ConfirmationDialog, Overflow } from "@slack/types";
import type { Change, ChangeState } from "../../domain/change.ts";
import { isOwed } from "../../domain/ratify.ts";
import { type ButtonLook, button, confirm, option, overflow } from "./blocks.ts";
import type { ChangeCardContext } from "./change-card.ts";
import { type ActionName, actionIds, numbered } from "./ids.ts";
import { redactedTitle } from "./redacted-words.ts";
import { counted, objectOf, titleOf } from "./words.ts";

/** Of what acted first all that may be pressed is in sight: the two answers, and what was not done. */
const mostVisible = { usually: 3, whileOwed: 4 };

/** Only what still works, the likeliest first; a change that is being worked on has none. */
export function changeButtons(change: Change, about: ChangeCardContext): (Button | Overflow)[] {
  const names = offered(change, about);
  const most = isOwed(change) ? mostVisible.whileOwed : mostVisible.usually;
  const visible = names.slice(0, most).map((name) => button(lookOf(name, change, about)));
  const hidden = names.slice(most).map((name) => option(labelOf(name, change), change.id));
  return hidden.length > 0 ? [...visible, overflow(actionIds.details, hidden)] : visible;
}

/** Approve and Deny in a message that shows several changes: numbered, and none of them stands out. */
export function reviewButtons(change: Change, place: number): Button[] {
  return (["approve", "deny"] as const).map((name) => {
    const { style: _, ...look } = lookOf(name, change);
    return button({ ...look, actionId: numbered(actionIds[name], place) });
  });
}

type Offer = Extract<
  ActionName,
  | "approve"
  | "deny"
  | "withdraw"
  | "ratify"
  | "reverse"
  | "checkAgain"
  | "tryAgain"
  | "undo"
  | "extend"
  | "details"
>;

const labels: Record<Offer, string> = {
  approve: "Approve",
  deny: "Deny",
  withdraw: "Withdraw",
  ratify: "Ratify",
  reverse: "Reverse",
  checkAgain: "Check again",
  tryAgain: "Try again",
  undo: "Undo",
  extend: "Extend",
  details: "Details",
};

/** What nobody decided is asked again, what failed is tried again. */
function labelOf(name: Offer, { state }: Change): string {
  return name === "tryAgain" && state === "expired" ? "Ask again" : labels[name];
}

function offered(change: Change, about: ChangeCardContext): Offer[] {
  const byState = {
    waiting: ["approve", "deny", "withdraw"],
    approved: [],
    running: onlyUnknown(change) ? ["checkAgain"] : [],
    done: [
      ...(someUndone(change) ? (["tryAgain"] as const) : []),
      ...(someUnconfirmed(change) ? (["checkAgain"] as const) : []),
      ...backOr(about, change),
    ],
    partly: [
      "tryAgain",
      ...(someUnclear(change) ? (["checkAgain"] as const) : []),
      ...backOr(about, change),
    ],
    failed: ["tryAgain"],
    needs_attention: ["checkAgain"],
    denied: [],
    expired: ["tryAgain"],
    withdrawn: [],
    superseded: [],
  } satisfies Record<ChangeState, Offer[]>;
  const owed: Offer[] = isOwed(change) ? ["ratify", "reverse"] : [];
  const details: Offer[] = about.details ? ["details"] : [];
  const all: Offer[] = [...owed, ...byState[change.state]];
  return [...(about.copy ? all.filter(isDecision) : all), ...details];
}

/** What was done can be taken back or made to last longer, also where not all of it was. */
function backOr({ undo, extend }: ChangeCardContext, { action }: Change): Offer[] {
  return [
    ...(undo && action !== "cancel" ? (["undo"] as const) : []),
    ...(extend ? (["extend"] as const) : []),
  ];
}

/** A copy is for deciding, and for nothing else. */
function isDecision(name: Offer): boolean {
  return ["approve", "deny", "ratify", "reverse"].includes(name);
}

/** Nothing is being tried at this moment: every campaign still open waits for a clear answer. */
function onlyUnknown(change: Change): boolean {
  const open = change.targets.filter(({ state }) =>
    ["queued", "trying", "unknown"].includes(state),
  );
  return open.length > 0 && open.every(({ state }) => state === "unknown");
}

function someUnclear(change: Change): boolean {
  const unclear = change.targets.some(
    ({ state }) => state === "unknown" || state === "needs_attention",
  );
  return unclear || someUnconfirmed(change);
}

function someUnconfirmed({ targets }: Change): boolean {
  return targets.some(({ watch }) => watch === "unconfirmed");
}

function someUndone({ targets }: Change): boolean {
  return targets.some(({ watch }) => watch === "changed");
}

function lookOf(name: Offer, change: Change, about: ChangeCardContext = {}): ButtonLook {
  const question = name === "approve" ? cancelQuestion(change, about) : undefined;
  const title = about.redacted ? redactedTitle(change) : titleOf(change);
  return {
    label: labelOf(name, change),
    actionId: actionIds[name],
    value: change.id,
    spoken: `${labelOf(name, change)}: ${title}`,
    ...((name === "approve" || name === "ratify") && { style: "primary" as const }),
    ...(question && { confirm: question }),
  };
}

/** A cancelled campaign mostly stays cancelled, so a slip of the hand must not be enough. */
function cancelQuestion(
  { action, targets }: Change,
  { redacted }: ChangeCardContext,
): ConfirmationDialog | undefined {
  if (action !== "cancel") return undefined;
  const object = redacted ? counted(targets.length, "campaign") : objectOf(targets);
  const what = `This cancels ${object}. On most platforms a cancelled campaign cannot be started again.`;
  return confirm("Cancel for good?", what, "Approve");
}

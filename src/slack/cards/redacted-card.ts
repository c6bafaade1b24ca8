import type { Change, ChangeState } from "../../domain/change.ts";
import { isOwed } from "../../domain/ratify.ts";
import { missingApproval } from "./approval-words.ts";
import { askedOf } from "./asked-words.ts";
import { actions, context, header, section } from "./blocks.ts";
import { changeButtons } from "./change-buttons.ts";
import { type ChangeCardContext, changeCard } from "./change-card.ts";
import { soFar } from "./change-result.ts";
import { faceOfChange, isSo } from "./faces.ts";
import { fitted, type Message } from "./message.ts";
import { redactedNote, redactedTitle } from "./redacted-words.ts";
import { code, mrkdwn } from "./text.ts";
import { counted, verbs } from "./words.ts";

/**
 * A change's card where people of other organisations read along: what is asked of how many campaigns, how it
 * stands, and the buttons. No campaign, platform, connection, rule, person or reason is named.
 */
export function redactedCard(change: Change): Message {
  const title = redactedTitle(change);
  const { icon, word } = faceOfChange(change);
  const buttons = changeButtons(change, { details: true, redacted: true });
  const outcome = outcomeOf(change);
  const asked = askedOf(change, buttons);
  return fitted(mrkdwn`${title}: ${outcome}${asked}`, [
    header(title),
    section(mrkdwn`${outcome}`),
    context(redactedNote),
    actions(buttons, `${change.id}:${change.version}`),
    context(mrkdwn`${icon} *${word}* · ${code(change.id)}`),
  ]);
}

/** The whole story for one person: the card as it would be elsewhere, without its buttons. */
export function detailsOf(change: Change, about: ChangeCardContext = {}): Message {
  const { text, blocks } = changeCard(change, about);
  return { text, blocks: blocks.filter(({ type }) => type !== "actions") };
}

function outcomeOf(change: Change): string {
  const { past, doing } = verbs[change.action];
  const { targets } = change;
  const so = targets.filter(isSo).length;
  const all = counted(targets.length, "campaign");
  const untouched = targets.every(({ attempts }) => attempts === 0)
    ? "Nothing was changed."
    : "Some of it may have been changed before.";
  const words: Record<ChangeState, string> = {
    waiting: `Waiting for ${missingApproval(change)?.count ?? "approval"}. Nothing has been changed yet.`,
    approved: "Approved, about to start. Nothing has been changed yet.",
    running: `${doing}… ${soFar(change)}`,
    done: `${so} of ${all} ${past}.`,
    partly: `${so} of ${all} ${past}, not all.`,
    failed: `${so} of ${all} ${past}. It failed.`,
    needs_attention: `${so} of ${all} known to be ${past}. It needs a look.`,
    denied: `Denied. ${untouched}`,
    expired: change.decidedAt
      ? `It could not be begun in time. ${untouched}`
      : `Nobody decided in time. ${untouched}`,
    withdrawn: `Withdrawn before it was decided. ${untouched}`,
    superseded: `What was agreed to had changed. ${untouched}`,
  };
  const owed = isOwed(change) ? " Somebody still has to ratify or reverse it." : "";
  return `${words[change.state]}${owed}`;
}

import { isPast } from "../../domain/time-out.ts";
import { lookBeforeVote } from "../../flows/look-before-vote.ts";
import { loadChange } from "../../store/changes.ts";
import { approvalCall } from "../cards/approval-call.ts";
import { sayInThread, type Voice } from "./in-thread.ts";

/**
 * Calls those who can decide, in the card's thread, while a decision is missing: whom the rule tells to call at the
 * start and `again` as a reminder, and the others once it is `escalated`. Nobody is called where people of other
 * organisations read.
 */
export async function callApprovers(
  voice: Voice,
  workspace: string,
  changeId: string,
  { again = false, escalated = false } = {},
): Promise<void> {
  const { store, now } = voice.world;
  // The card shows whoever is called later how the campaigns stand by then.
  if (again || escalated) await lookBeforeVote(voice.world, { workspace, changeId });
  const change = await store.read((q) => loadChange(q, workspace, changeId));
  if (change?.state !== "waiting" || change.verdict.kind !== "approve") return;
  if (isPast(change, now())) return;
  if (await voice.channels.isExternal(workspace, change.channel)) return;
  const { notify = [], onTimeout } = change.verdict;
  const others = typeof onTimeout === "object" ? onTimeout.escalate : [];
  const calling = escalated ? "escalated" : again ? "waiting" : "asked";
  const called = escalated ? others : notify;
  await sayInThread(voice, change, approvalCall(change, { calling, called, now: now() }));
}

import { isPast } from "../../domain/time-out.ts";
import type { Outcome } from "../../queue/handlers.ts";
import type { Payload } from "../../queue/kinds.ts";
import { loadChange } from "../../store/changes.ts";
import { postsOf } from "../../store/posts.ts";
import { approvalCall, type Calling } from "../cards/approval-call.ts";
import { asSlackAllows } from "./as-slack-allows.ts";
import { sayInThread, type Voice } from "./in-thread.ts";

const cardIsComingMs = 1_000;

/** Calls those who can decide, in the card's thread, while it still waits; otherwise nothing is said. */
export async function remindApprovers(
  voice: Voice,
  workspace: string,
  { changeId, n, escalated }: Payload<"remind_approvers">,
): Promise<Outcome> {
  const { store, now } = voice.world;
  const change = await store.read((q) => loadChange(q, workspace, changeId));
  if (change?.state !== "waiting" || change.verdict.kind !== "approve" || isPast(change, now()))
    return { kind: "done" };
  const posts = await store.read((q) => postsOf(q, workspace, changeId));
  if (posts.length === 0) return { kind: "again", at: new Date(now().getTime() + cardIsComingMs) };
  const { notify = [], onTimeout } = change.verdict;
  const others = typeof onTimeout === "object" ? onTimeout.escalate : [];
  const calling: Calling = escalated ? "escalated" : n === 0 ? "asked" : "waiting";
  const message = approvalCall(change, calling, escalated ? others : notify);
  return asSlackAllows(voice.world, () => sayInThread(voice, change, message));
}

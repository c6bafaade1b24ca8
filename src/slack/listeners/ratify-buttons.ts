import type { AllMiddlewareArgs, SlackViewMiddlewareArgs } from "@slack/bolt";
import type { Ratification, RatifyPress } from "../../domain/ratify.ts";
import { previewRatify, ratifyChange } from "../../flows/ratify-change.ts";
import { clickAnswer, refusalAnswer } from "../cards/answers.ts";
import { readReasonModal, reverseReasonModal } from "../cards/deny-reason-modal.ts";
import type { Message } from "../cards/message.ts";
import { titleOf } from "../cards/words.ts";
import { awaitBallot, ballotOf } from "./ballot.ts";
import { answer, type Desk, type Known, visitorOf } from "./desk.ts";
import { openView } from "./open-modal.ts";
import { type ChangePress, notHere, onChangePress } from "./press.ts";
import { notCounted, notCountedPlainly } from "./refuse.ts";
import { keyOf } from "./review-buttons.ts";

type Key = ReturnType<typeof keyOf>;

export const ratifyButton = (desk: Desk) =>
  onChangePress(desk, async (press) => {
    const ballot = await pressOf(desk, keyOf(press), press.visitor, "ratify");
    if ("sentence" in ballot) return answer(desk, press.origin, refusalAnswer(ballot.sentence));
    const result = await ratifyChange(desk.world, keyOf(press), ballot);
    const words =
      result?.kind === "answered" ? clickAnswer("Ratified.") : await wordsOf(desk, press, result);
    await answer(desk, press.origin, words);
  });

/** Reverse asks why first; somebody who may not reverse is told so instead of being asked. */
export const reverseButton = (desk: Desk) =>
  onChangePress(desk, async (press) => {
    const ballot = await pressOf(desk, keyOf(press), press.visitor, "reverse");
    if ("sentence" in ballot) return answer(desk, press.origin, refusalAnswer(ballot.sentence));
    const preview = await previewRatify(desk.world, keyOf(press), ballot);
    if (preview?.ratification.kind !== "answered")
      return answer(desk, press.origin, await wordsOf(desk, press, preview?.ratification));
    const view = reverseReasonModal(press.id, titleOf(preview.change));
    await openView(desk, press.origin, press.triggerId, view);
  });

export const submitReversal =
  (desk: Desk) =>
  async ({ ack, view, body }: SlackViewMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const refuse = (reason: string) => ack({ response_action: "errors", errors: { reason } });
    const workspace = body.team?.id ?? "";
    const visitor = await visitorOf(desk, workspace, body.user.id);
    if (visitor.kind !== "person") return refuse(visitor.sentence);
    const key = { workspace, changeId: view.private_metadata };
    const ballot = await pressOf(desk, key, visitor, "reverse", ballotOf);
    if ("sentence" in ballot) return refuse(ballot.sentence);
    const { reason } = readReasonModal(view.state.values);
    const result = await ratifyChange(desk.world, key, ballot, reason);
    if (result?.kind === "answered") return ack();
    if (!result) return refuse(notHere);
    await refuse(await notCountedPlainly(desk, workspace, visitor.person, result, "answer"));
  };

/** The press with those whom this person stands in for, looked up afresh as for a vote. */
async function pressOf(
  desk: Desk,
  key: Key,
  visitor: Known,
  kind: RatifyPress["kind"],
  find = awaitBallot,
): Promise<RatifyPress | { sentence: string }> {
  const ballot = await find(desk, key, visitor, { kind: "approve" });
  if (ballot?.kind !== "ballot") return { sentence: ballot?.sentence ?? notHere };
  const { by, absences = [] } = ballot.press;
  return { kind, by, absences };
}

async function wordsOf(
  desk: Desk,
  { origin, visitor }: ChangePress,
  result: Ratification | undefined,
): Promise<Message> {
  if (result?.kind !== "not_counted") return refusalAnswer(notHere);
  return notCounted(desk, origin.workspace, visitor.person, result, "answer");
}

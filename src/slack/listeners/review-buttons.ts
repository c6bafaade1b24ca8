import type { AllMiddlewareArgs, SlackViewMiddlewareArgs } from "@slack/bolt";
import type { Press, Review } from "../../domain/review.ts";
import { lookBeforeVote, type Moved } from "../../flows/look-before-vote.ts";
import { previewReview, reviewChange, withdrawChange } from "../../flows/review-change.ts";
import { isOld } from "../cards/age-words.ts";
import { clickAnswer, refusalAnswer } from "../cards/answers.ts";
import { denyReasonModal, readReasonModal } from "../cards/deny-reason-modal.ts";
import type { Message } from "../cards/message.ts";
import { movedAnswer } from "../cards/whispers.ts";
import { titleOf } from "../cards/words.ts";
import { awaitBallot, ballotOf } from "./ballot.ts";
import { answer, type Desk, visitorOf } from "./desk.ts";
import { openView } from "./open-modal.ts";
import { type ChangePress, notHere, onChangePress } from "./press.ts";
import { notCounted, notCountedPlainly } from "./refuse.ts";

export const approve = (desk: Desk) => approving(desk, () => true);

/** After they were told that a campaign is not any more as it was: only what is new since then is told once more. */
export const approveAnyway = (desk: Desk) => approving(desk, ({ news }) => news);

function approving(desk: Desk, toBeTold: (moved: Moved) => boolean) {
  return onChangePress(desk, async (press) => {
    const key = keyOf(press);
    const ballot = await awaitBallot(desk, key, press.visitor, { kind: "approve" });
    if (ballot?.kind !== "ballot")
      return answer(desk, press.origin, refusalAnswer(ballot?.sentence ?? notHere));
    if (wouldCount((await previewReview(desk.world, key, ballot.press))?.review)) {
      const moved = (await lookBeforeVote(desk.world, key)).filter(toBeTold);
      // What it is called now may be what the policy does not let anybody agree to.
      const still = wouldCount((await previewReview(desk.world, key, ballot.press))?.review);
      if (moved.length > 0 && still)
        return answer(desk, press.origin, movedAnswer(press.id, moved));
    }
    await vote(desk, press, ballot.press);
  });
}

async function vote(desk: Desk, press: ChangePress, ballot: Press): Promise<void> {
  const review = await reviewChange(desk.world, keyOf(press), ballot);
  const message =
    (await reviewWords(desk, press, review)) ??
    (isSilent(desk, press) ? undefined : approvedElsewhere);
  if (message) await answer(desk, press.origin, message, press.whispered);
}

/** The card before their eyes shows it, unless they have long turned away from it. */
function isSilent({ world }: Desk, { onCard, origin }: ChangePress): boolean {
  return onCard && !isOld(origin.kept, world.now());
}

function wouldCount(review: Review | undefined): boolean {
  return review?.kind === "decided" || review?.kind === "counted";
}

const approvedElsewhere = clickAnswer("Approved. The change's own card shows what becomes of it.");

/** Deny asks why first; somebody who may not deny is told so instead of being asked. */
export const deny = (desk: Desk) =>
  onChangePress(desk, async (press) => {
    const ballot = await awaitBallot(desk, keyOf(press), press.visitor, { kind: "deny" });
    if (ballot?.kind !== "ballot")
      return answer(desk, press.origin, refusalAnswer(ballot?.sentence ?? notHere));
    const preview = await previewReview(desk.world, keyOf(press), ballot.press);
    if (preview?.review.kind !== "decided") {
      const words = await reviewWords(desk, press, preview?.review);
      return answer(desk, press.origin, words ?? refusalAnswer(notHere));
    }
    const view = denyReasonModal(press.id, titleOf(preview.change));
    await openView(desk, press.origin, press.triggerId, view);
  });

export const submitDenial =
  (desk: Desk) =>
  async ({ ack, view, body }: SlackViewMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const workspace = body.team?.id ?? "";
    const visitor = await visitorOf(desk, workspace, body.user.id);
    if (visitor.kind !== "person") {
      return ack({ response_action: "errors", errors: { reason: visitor.sentence } });
    }
    const key = { workspace, changeId: view.private_metadata };
    const vote = { kind: "deny" as const, ...readReasonModal(view.state.values) };
    const ballot = await ballotOf(desk, key, visitor, vote);
    if (ballot?.kind !== "ballot") {
      return ack({ response_action: "errors", errors: { reason: ballot?.sentence ?? notHere } });
    }
    const review = await reviewChange(desk.world, key, ballot.press);
    if (review?.kind === "decided") return ack();
    const reason =
      review && "sentence" in review
        ? await notCountedPlainly(desk, workspace, visitor.person, review, "decide")
        : notHere;
    await ack({ response_action: "errors", errors: { reason } });
  };

export const withdraw = (desk: Desk) =>
  onChangePress(desk, async (press) => {
    const result = await withdrawChange(desk.world, keyOf(press), press.visitor.person);
    const { origin, visitor } = press;
    if (result?.withdrawn && isSilent(desk, press)) return;
    if (result?.withdrawn) return answer(desk, origin, clickAnswer(result.sentence));
    const words = result
      ? await notCounted(desk, origin.workspace, visitor.person, result, "withdraw")
      : refusalAnswer(notHere);
    await answer(desk, origin, words);
  });

export function keyOf({ origin, id }: ChangePress) {
  return { workspace: origin.workspace, changeId: id };
}

/** Undefined: the card itself shows what the press did. */
async function reviewWords(
  desk: Desk,
  { origin, visitor }: ChangePress,
  review: Review | undefined,
): Promise<Message | undefined> {
  if (!review) return refusalAnswer(notHere);
  switch (review.kind) {
    case "decided":
      return undefined;
    case "counted": {
      const open = review.progress.filter(({ have, need }) => have < need);
      const missing = open.reduce((sum, { have, need }) => sum + need - have, 0);
      return clickAnswer(
        `Your approval is counted. ${missing} more ${missing === 1 ? "is" : "are"} needed.`,
      );
    }
    case "expired":
      return refusalAnswer(review.sentence);
    case "not_counted":
      return notCounted(desk, origin.workspace, visitor.person, review, "decide");
  }
}

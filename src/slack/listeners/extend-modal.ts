import type { AllMiddlewareArgs, SlackViewMiddlewareArgs } from "@slack/bolt";
import type { Person } from "../../domain/person.ts";
import { readEnd } from "../../domain/time-clause.ts";
import { extendPause, mayExtend } from "../../flows/extend-pause.ts";
import type { Followed } from "../../flows/follow-change.ts";
import { clickAnswer } from "../cards/answers.ts";
import { extendBlock, extendModal, readExtendModal } from "../cards/extend-modal.ts";
import { clockOf } from "./clause-choice.ts";
import { answer, askingVisitor, type Desk, visitorOf } from "./desk.ts";
import { openModal } from "./open-modal.ts";
import { notHere, onChangePress } from "./press.ts";
import { refusedPlainly } from "./refuse.ts";
import { keyOf } from "./review-buttons.ts";

/** Extend asks until when; somebody who may not pause is told so instead of being asked. */
export const extendButton = (desk: Desk) =>
  onChangePress(desk, (press) =>
    openModal(desk, press.origin, press.triggerId, "Extend", async (visitor) => {
      const { workspace } = press.origin;
      const asking = await askingVisitor(desk, workspace, visitor, "pause");
      if (asking.kind !== "person") return asking;
      const { person } = asking;
      const found = await mayExtend(desk.world, keyOf(press), person);
      if (found?.kind === "extendable") return extendModal(found.change);
      return { sentence: await whyNot(desk, workspace, person, found) };
    }),
  );

/** The form is checked and put on record before it closes; its outcome is a card like any other. */
export const submitExtension =
  (desk: Desk) =>
  async (args: SlackViewMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const { ack, view, body, context } = args;
    const refuse = (why: string) =>
      ack({ response_action: "errors", errors: { [extendBlock]: why } });
    const workspace = body.team?.id ?? "";
    const visitor = await visitorOf(desk, workspace, body.user.id, "pause");
    if (visitor.kind !== "person") return refuse(visitor.sentence);
    const { person: by } = visitor;
    const end = readEnd(readExtendModal(view.state.values), clockOf(desk.world.now(), by));
    if (!end.ok) return refuse(end.sentence);
    const key = { workspace, changeId: view.private_metadata };
    const requestKey = String(context.requestKey);
    const followed = await extendPause(desk.world, key, { by, until: end.at, requestKey });
    if (followed?.kind !== "submitted") return refuse(await whyNot(desk, workspace, by, followed));
    await ack();
    const { channel } = followed.change;
    if (end.note !== undefined)
      await answer(
        desk,
        { workspace, user: body.user.id, channel, requestKey },
        clickAnswer(end.note),
      );
  };

async function whyNot(
  desk: Desk,
  workspace: string,
  by: Person,
  followed: Exclude<Followed, { kind: "submitted" }> | undefined,
): Promise<string> {
  if (followed?.kind === "refused") return refusedPlainly(desk, workspace, by, followed);
  return followed?.kind === "nothing_to_do" ? followed.sentence : notHere;
}

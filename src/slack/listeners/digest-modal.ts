import type { AllMiddlewareArgs, SlackViewMiddlewareArgs } from "@slack/bolt";
import { mayConfigure } from "../../domain/rights.ts";
import { changeDigest } from "../../flows/change-digest.ts";
import { digestFor } from "../../store/digests.ts";
import { digestSetAnswer } from "../cards/answers.ts";
import { digestModal, readDigestModal } from "../cards/digest-modal.ts";
import { answer, configuringVisitor, type Desk, type Origin } from "./desk.ts";
import { openModal } from "./open-modal.ts";

const usualTime = "09:00";

export async function openDigestModal(
  desk: Desk,
  origin: Origin,
  triggerId: string,
): Promise<void> {
  await openModal(desk, origin, triggerId, "Daily digest", async ({ person, policy }) => {
    const leave = mayConfigure(person, policy.policy);
    if (!leave.ok) return leave;
    const digest = await desk.world.store.read((q) => digestFor(q, origin.workspace));
    const channel =
      digest?.channel ?? (origin.channel.startsWith("D") ? undefined : origin.channel);
    return digestModal({
      ...(channel !== undefined && { channel }),
      time: digest?.time ?? usualTime,
      zone: person.zone,
      on: true,
    });
  });
}

export const submitDigest =
  (desk: Desk) =>
  async (args: SlackViewMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const { ack, view, body, context } = args;
    const user = body.user.id;
    const workspace = body.team?.id ?? "";
    const visitor = await configuringVisitor(desk, workspace, user);
    if ("sentence" in visitor)
      return ack({ response_action: "errors", errors: { on: visitor.sentence } });
    const read = readDigestModal(view.state.values, view.private_metadata);
    if (!read.ok) return ack({ response_action: "errors", errors: read.errors });
    await changeDigest(desk.world, workspace, visitor.person.id, read.content);
    await ack();
    const channel = read.content.on ? read.content.channel : user;
    const origin = { workspace, user, channel, requestKey: String(context.requestKey) };
    await answer(desk, origin, digestSetAnswer(read.content));
  };

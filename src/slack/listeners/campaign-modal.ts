import type {
  AllMiddlewareArgs,
  SlackOptionsMiddlewareArgs,
  SlackViewMiddlewareArgs,
} from "@slack/bolt";
import { type CommandContext, parseCommand } from "../../domain/command.ts";
import { tooMany } from "../../domain/how-many.ts";
import { whyNobody } from "../../domain/judge.ts";
import { maySee } from "../../domain/rights.ts";
import { campaignOptions, campaignsOf } from "../../flows/suggest-campaigns.ts";
import { newJob } from "../../queue/kinds.ts";
import { enqueue } from "../../store/jobs.ts";
import {
  type CampaignForm,
  campaignModal,
  campaignModalBlocks,
  readCampaignModal,
} from "../cards/campaign-modal.ts";
import { campaignSuggestions } from "../cards/campaign-suggestions.ts";
import type { Wished } from "./choose.ts";
import { clockOf } from "./clause-choice.ts";
import { type Desk, type Origin, visitorOf } from "./desk.ts";
import { openModal } from "./open-modal.ts";

export async function openCampaignModal(
  desk: Desk,
  origin: Origin,
  triggerId: string,
): Promise<void> {
  await openModal(desk, origin, triggerId, "Campaigns", async ({ person, policy }) => {
    const leave = maySee(person, policy.policy);
    return leave.ok ? campaignModal({ channel: origin.channel }) : leave;
  });
}

/** Slack waits three seconds for a type-ahead; a vendor that is slower is left out of it. */
const suggestWithinMs = 2_000;

export const suggestCampaigns =
  (desk: Desk) =>
  async ({
    ack,
    options,
    body,
  }: SlackOptionsMiddlewareArgs<"block_suggestion"> & AllMiddlewareArgs): Promise<void> => {
    const workspace = body.team?.id ?? "";
    const visitor = await visitorOf(desk, workspace, body.user.id, "glance");
    const sees = visitor.kind === "person" && maySee(visitor.person, visitor.policy.policy).ok;
    const found = sees
      ? await campaignOptions(desk.world, workspace, options.value, suggestWithinMs)
      : [];
    await ack(campaignSuggestions(found));
  };

/** The form is checked and put on record before it closes; its outcome is a card like any other. */
export const submitCampaignModal =
  (desk: Desk) =>
  async (args: SlackViewMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const { ack, view, body, context } = args;
    const read = readCampaignModal(view.state.values);
    if (!read.ok) return ack({ response_action: "errors", errors: read.errors });
    const workspace = body.team?.id ?? "";
    const wish = await wishIn(desk, workspace, body.user.id, read.content);
    if ("sentence" in wish) {
      const errors = { [campaignModalBlocks.campaigns]: wish.sentence };
      return ack({ response_action: "errors", errors });
    }
    const requestKey = String(context.requestKey);
    const payload = { user: body.user.id, channel: view.private_metadata, requestKey, wish };
    const job = newJob("submit_wish", workspace, payload, { key: `wish:${requestKey}` });
    await desk.world.store.write((q) => enqueue(q, job, desk.world.now()));
    desk.world.wake();
    await ack();
  };

async function wishIn(
  desk: Desk,
  workspace: string,
  user: string,
  form: CampaignForm,
): Promise<Wished | { sentence: string }> {
  const { action, campaigns, length, reason } = form;
  const { world } = desk;
  const crowd = tooMany(action, campaigns.length);
  if (crowd) return { sentence: crowd };
  const visitor = await visitorOf(desk, workspace, user, action);
  if (visitor.kind !== "person") return visitor;
  const nobody = whyNobody(visitor.person, visitor.policy.policy, action);
  if (nobody) return { sentence: nobody };
  const targets = await campaignsOf(world, workspace, campaigns);
  if (targets.length < campaigns.length)
    return { sentence: "One of these is no longer connected. Choose again." };
  const end = length ? endOf(length, clockOf(world.now(), visitor.person)) : {};
  return { action, targets, ...end, ...(reason && { reason }) };
}

/** The form speaks the command's grammar, so one reader serves both. */
function endOf(length: string, clock: CommandContext): Pick<Wished, "until" | "note"> {
  const command = parseCommand(`pause x:1 ${length}`, clock);
  if (command.kind !== "change") return {};
  const { until, note } = command;
  return { ...(until && { until }), ...(note !== undefined && { note }) };
}

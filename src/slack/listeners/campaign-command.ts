import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from "@slack/bolt";
import { type Command, parseCommand } from "../../domain/command.ts";
import { notUnderstoodAnswer } from "../cards/answers.ts";
import { openCampaignModal } from "./campaign-modal.ts";
import { openConnect } from "./connect-modal.ts";
import {
  answer,
  answerUnverifiable,
  type Desk,
  type Origin,
  type Visitor,
  visitorOf,
} from "./desk.ts";
import { openDigestModal } from "./digest-modal.ts";
import { submitAndAnswer } from "./submit.ts";
import {
  showConnections,
  showHelp,
  showHistory,
  showList,
  showPolicy,
  showStatus,
} from "./views.ts";

type Args = SlackCommandMiddlewareArgs & AllMiddlewareArgs;
type Known = Extract<Visitor, { kind: "person" }>;

/** `/campaign …`: read it, know who typed it, do it, answer. */
export const campaignCommand =
  (desk: Desk) =>
  async ({ ack, command, context }: Args): Promise<void> => {
    await ack();
    const origin: Origin = {
      workspace: command.team_id,
      user: command.user_id,
      channel: command.channel_id,
      responseUrl: command.response_url,
      requestKey: String(context.requestKey),
    };
    const opening = openerOf(command.text);
    if (opening) return opening(desk, origin, command.trigger_id);
    const visitor = await visitorOf(desk, origin.workspace, origin.user);
    if (visitor.kind !== "person") return answerUnverifiable(desk, origin, visitor.sentence);
    const { zone } = visitor.person;
    await carryOut(
      desk,
      origin,
      visitor,
      parseCommand(command.text, { now: desk.world.now(), zone }),
    );
  };

type Opener = (desk: Desk, origin: Origin, triggerId: string) => Promise<void>;

/** Modals are opened before anything is looked up: their trigger lives for three seconds. */
function openerOf(text: string): Opener | undefined {
  const command = parseCommand(text, { now: new Date(0), zone: "UTC" });
  switch (command.kind) {
    case "open_modal":
      return openCampaignModal;
    case "connect":
      return (desk, origin, triggerId) => openConnect(desk, origin, triggerId, command.vendor);
    case "digest":
      return openDigestModal;
    default:
      return undefined;
  }
}

async function carryOut(
  desk: Desk,
  origin: Origin,
  visitor: Known,
  command: Command,
): Promise<void> {
  switch (command.kind) {
    case "change": {
      const { kind: _kind, ...wish } = command;
      return submitAndAnswer(desk, origin, visitor.person, wish);
    }
    case "status":
      return showStatus(desk, origin, visitor, command.targets);
    case "list":
      return showList(desk, origin, visitor, command);
    case "history":
      return showHistory(desk, origin, visitor, command.targets);
    case "connections":
      return showConnections(desk, origin, visitor);
    case "policy":
      return showPolicy(desk, origin, visitor);
    case "help":
      return showHelp(desk, origin, visitor, command.topic);
    case "not_understood":
      return answer(desk, origin, notUnderstoodAnswer(command));
    case "open_modal":
    case "connect":
    case "digest":
      return undefined;
  }
}

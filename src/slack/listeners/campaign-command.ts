import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from "@slack/bolt";
import { type Command, parseCommand } from "../../domain/command.ts";
import type { PolicyAction } from "../../domain/policy.ts";
import { mayConfigure, maySee } from "../../domain/rights.ts";
import { notUnderstoodAnswer, refusalAnswer } from "../cards/answers.ts";
import { awayAndAnswer } from "./away.ts";
import { openCampaignModal } from "./campaign-modal.ts";
import { askWhich, clauseContext } from "./clause-choice.ts";
import { openConnect } from "./connect-modal.ts";
import {
  answer,
  awaitVisitor,
  type Desk,
  type Known,
  keptIn,
  type Origin,
  type Visitor,
} from "./desk.ts";
import { openDigestModal } from "./digest-modal.ts";
import { showDoctor } from "./doctor.ts";
import { openPolicyModal } from "./policy-modal.ts";
import { showHelp } from "./show-help.ts";
import { showList, showStatus } from "./show-status.ts";
import { stopAllAndAnswer } from "./stop-all.ts";
import { submitAndAnswer } from "./submit.ts";
import { showConnections, showHistory, showPolicy } from "./views.ts";

type Args = SlackCommandMiddlewareArgs & AllMiddlewareArgs;

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
      ...keptIn(context),
    };
    // "Until 15:00" is said of the moment at which it was typed.
    const now = origin.kept?.askedAt ?? desk.world.now();
    const glance = parseCommand(command.text, { now, zone: "UTC" });
    if (opensModal(glance)) return open(desk, origin, command.trigger_id, glance);
    const known = await awaitVisitor(desk, origin, purposeOf(glance));
    if (known.kind !== "person") return answer(desk, origin, refusalAnswer(known.sentence));
    const clauses = await clauseContext(desk, origin, known);
    const read = parseCommand(command.text, clauses);
    const visitor = await asNeeded(desk, origin, known, read);
    if (visitor.kind !== "person") return answer(desk, origin, refusalAnswer(visitor.sentence));
    if (read.kind === "which_clause")
      return askWhich(desk, origin, visitor.person, read, { ...clauses, typed: command.text });
    if (read.kind === "policy" && mayConfigure(visitor.person, visitor.policy.policy).ok)
      return openPolicyModal(desk, origin, command.trigger_id);
    if (!opensModal(read)) await carryOut(desk, origin, visitor, read);
  };

/** What hangs on who typed it. The zone of the typist changes nothing about it. */
function purposeOf(command: Command): PolicyAction | "look" | "glance" {
  if (command.kind === "change") return command.action;
  if (command.kind === "stop_all") return "stop";
  return ["away", "back", "which_clause"].includes(command.kind) ? "look" : "glance";
}

/** A glance serves for what is shown, and where it turns out to be more they are looked up afresh. */
async function asNeeded(
  desk: Desk,
  origin: Origin,
  known: Known,
  command: Command,
): Promise<Visitor> {
  const purpose = purposeOf(command);
  return known.glance && purpose !== "glance" ? awaitVisitor(desk, origin, purpose) : known;
}

type Opening = Extract<Command, { kind: "open_modal" | "connect" | "digest" }>;

/** Modals are opened before anything is looked up, the typist's time zone included: their trigger lives for three seconds. */
function opensModal(command: Command): command is Opening {
  return ["open_modal", "connect", "digest"].includes(command.kind);
}

function open(desk: Desk, origin: Origin, triggerId: string, command: Opening): Promise<void> {
  switch (command.kind) {
    case "open_modal":
      return openCampaignModal(desk, origin, triggerId);
    case "connect":
      return openConnect(desk, origin, triggerId, command.vendor);
    case "digest":
      return openDigestModal(desk, origin, triggerId);
  }
}

async function carryOut(
  desk: Desk,
  origin: Origin,
  visitor: Known,
  command: Exclude<Command, Opening | { kind: "which_clause" }>,
): Promise<void> {
  switch (command.kind) {
    case "change": {
      const { kind: _kind, ...wish } = command;
      return submitAndAnswer(desk, origin, visitor.person, wish);
    }
    case "stop_all":
      return stopAllAndAnswer(desk, origin, visitor.person, command);
    case "help":
      return showHelp(desk, origin, visitor, command.topic);
    case "not_understood":
      return answer(desk, origin, notUnderstoodAnswer(command));
    default: {
      const leave = maySee(visitor.person, visitor.policy.policy);
      if (!leave.ok) return answer(desk, origin, refusalAnswer(leave.sentence));
      return show(desk, origin, visitor, command);
    }
  }
}

type View = Exclude<
  Command,
  Opening | { kind: "change" | "stop_all" | "which_clause" | "help" | "not_understood" }
>;

function show(desk: Desk, origin: Origin, visitor: Known, command: View): Promise<void> {
  switch (command.kind) {
    case "status":
      return showStatus(desk, origin, visitor, command.targets);
    case "list":
      return showList(desk, origin, visitor, command);
    case "history":
      return showHistory(desk, origin, command.targets);
    case "connections":
      return showConnections(desk, origin, visitor);
    case "policy":
      return showPolicy(desk, origin);
    case "doctor":
      return showDoctor(desk, origin, visitor);
    case "away":
    case "who_is_away":
    case "back":
      return awayAndAnswer(desk, origin, visitor, command);
  }
}

import type { KnownBlock } from "@slack/types";
import { vendorTitles } from "../../domain/campaign.ts";
import type { Change, Target } from "../../domain/change.ts";
import { context, header, section } from "./blocks.ts";
import type { ChangeCardContext } from "./change-card.ts";
import { type Modal, modal } from "./modal-blocks.ts";
import { detailsOf } from "./redacted-card.ts";
import { statusAnswer } from "./status-answer.ts";
import { escaped, joined, type Mrkdwn, mrkdwn } from "./text.ts";
import { nameOf, person, when } from "./words.ts";

/** One line of the record about a change; `detail` is the JSON that was kept with it. */
interface Line {
  at: Date;
  actor: string;
  event: string;
  detail: string;
}

interface Try {
  targetId: string;
  number: number;
  startedAt: Date;
  result?: string;
  detail?: string;
}

export interface DetailsLook {
  change: Change;
  audit: readonly Line[];
  attempts: readonly Try[];
  live: Parameters<typeof statusAnswer>[0];
  readAt: Date;
}

const most = { lines: 60, perBlock: 10, attempts: 30 };

/** The whole story of a change: how its campaigns stand now, the card without its buttons, and what happened in order. */
export function detailsModal(look: DetailsLook, about: ChangeCardContext = {}): Modal {
  const { change, audit, attempts, live, readAt } = look;
  const tries = attempts.slice(-most.attempts).map((one) => tryLine(one, change));
  return modal({
    callbackId: "details_modal",
    title: "Details",
    blocks: [
      ...detailsOf(change, about).blocks,
      header("How it stands now"),
      ...statusAnswer(live, readAt).blocks,
      header("What happened"),
      ...grouped(audit.slice(-most.lines).map(storyLine)),
      ...(audit.length > most.lines
        ? [context(mrkdwn`The oldest ${audit.length - most.lines} lines are left out.`)]
        : []),
      ...(tries.length > 0 ? [header("Calls to the platform"), ...grouped(tries)] : []),
    ],
  });
}

const events: Record<string, string> = {
  stop_heard: "called the emergency stop",
  asked: "asked for it",
  voted: "voted",
  approved: "gave the last approval",
  denied: "denied it",
  withdrawn: "withdrew it",
  expired: "let it expire, because its time was over",
  escalated: "asked more people, because nobody had decided in time",
  allowed_by_timeout: "let it go ahead, because nobody had decided in time",
  ratified: "ratified it",
  reversed: "reversed it",
  kept: "kept it as it is, because nobody had answered for it in time",
  reverted: "is taking it back, because nobody had answered for it in time",
  superseded: "ended it: what was agreed to had changed",
  seen_moved: "saw that a campaign was not any more as when it was asked",
  checked_again: "checked it again",
  attempt: "called the platform",
  attempt_answered: "got the platform's answer",
  target_ended: "finished with a campaign",
  change_ended: "finished",
  state_changed: "saw that a campaign did not stay so",
  unconfirmed: "could not confirm that a campaign stayed so",
  given_up: "gave up, because something went wrong on our side again and again",
  stop_grew: "added the campaigns of one more platform to the stop",
  refused: "was not allowed by the policy to stop the campaigns of one connection",
  stopped: "ended it for an emergency stop",
  plan_void: "resumed nothing at its planned end",
  not_reversed: "resumed nothing when it was taken back",
  outsider_pressed: "pressed a button without being allowed to decide",
};

function storyLine({ at, actor, event, detail }: Line): Mrkdwn {
  const who = actor === "fermata" ? mrkdwn`Fermata` : person(actor);
  const did = Object.hasOwn(events, event) ? (events[event] ?? event) : event.replaceAll("_", " ");
  if (isUnknownPress(event, detail))
    return mrkdwn`${when(at)}: ${who} pressed a button while Slack could not say who they are`;
  return mrkdwn`${when(at)}: ${who} ${did}${reasonIn(detail)}${againIn(detail)}`;
}

/** Such a press waits, and may count later. */
function isUnknownPress(event: string, detail: string): boolean {
  if (event !== "outsider_pressed") return false;
  return (JSON.parse(detail) as { who?: unknown }).who === "unverifiable";
}

/** Equal lines of an hour are counted in one. */
function againIn(detail: string): Mrkdwn {
  const { again } = JSON.parse(detail) as { again?: unknown };
  if (typeof again !== "number") return mrkdwn``;
  return again === 1
    ? mrkdwn`, once more within an hour`
    : mrkdwn`, ${again} more times within an hour`;
}

function reasonIn(detail: string): Mrkdwn {
  const { reason, kind } = JSON.parse(detail) as { reason?: unknown; kind?: unknown };
  const vote = kind === "approve" ? " for it" : kind === "deny" ? " against it" : "";
  const why = typeof reason === "string" ? mrkdwn`: ${escaped(reason, 200)}` : mrkdwn``;
  return mrkdwn`${vote}${why}`;
}

function tryLine({ targetId, number, startedAt, result, detail }: Try, change: Change): Mrkdwn {
  const target = change.targets.find(({ id }) => id === targetId);
  const what = target ? placeOf(target) : "a campaign";
  const came = result ?? "no answer on record";
  const more = detail ? mrkdwn` (${escaped(detail, 200)})` : mrkdwn``;
  return mrkdwn`${when(startedAt)}: ${what}, call ${number}: ${came}${more}`;
}

function placeOf({ campaign, vendor }: Target): string {
  return `${nameOf(campaign, 60)} on ${vendorTitles[vendor]}`;
}

function grouped(lines: readonly Mrkdwn[]): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  for (let place = 0; place < lines.length; place += most.perBlock) {
    blocks.push(section(joined(lines.slice(place, place + most.perBlock), "\n")));
  }
  return blocks;
}

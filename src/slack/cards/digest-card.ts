import type { KnownBlock } from "@slack/types";
import { vendorTitles } from "../../domain/campaign.ts";
import type { Change } from "../../domain/change.ts";
import type { Digest } from "../../domain/digest.ts";
import { missingApproval } from "./approval-words.ts";
import { actions, context, header, section } from "./blocks.ts";
import { reviewButtons } from "./change-buttons.ts";
import { faceOfChange } from "./faces.ts";
import { whereIs } from "./find-answers.ts";
import { fitted, type Message } from "./message.ts";
import type { Names } from "./names.ts";
import { ratifyLines } from "./ratify-words.ts";
import { code, escaped, joined, type Mrkdwn, mrkdwn } from "./text.ts";
import { channel, clock, counted, nameOf, person, titleOf, when } from "./words.ts";

const most = { connections: 30, unreadable: 10, waiting: 6, owed: 10, paused: 12, changed: 12 };

interface DigestDay {
  /** Local day, `2026-11-22`. */
  date: string;
  zone: string;
  /** Where it belongs and could not be posted. */
  closedChannel?: string;
  /** How the people and groups in it are called. */
  names?: Names;
}

/** The day at a glance; what needs a hand comes first. */
export function digestCard(
  digest: Digest,
  { date, zone, closedChannel, names }: DigestDay,
): Message {
  const day = dayWords(date);
  const summary = summaryOf(digest);
  return fitted(mrkdwn`Campaigns on ${day}: ${summary}`, [
    header(`Campaigns on ${day}`),
    section(mrkdwn`${summary}`),
    ...(closedChannel === undefined ? [] : [section(closedLine(closedChannel))]),
    ...part("Could not be read", digest.unreadable.map(unreadableLine), most.unreadable),
    ...waitingPart(digest.waiting, names),
    ...part(
      "Nobody has answered for yet",
      digest.owed.map((change) => owedLine(change, names)),
      most.owed,
    ),
    ...part("By connection", digest.counts.map(countLine), most.connections),
    ...part("Paused", digest.paused.map(pausedLine), most.paused),
    ...part("Changed in the last 24 hours", digest.changed.map(changedLine), most.changed),
    context(
      mrkdwn`As of ${clock(digest.at)} · daily, ${zone} time · change it with ${code("/campaign digest")}`,
    ),
  ]);
}

/** "Sunday 22 November" */
export function dayWords(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) return date;
  const look = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat("en-GB", look).format(day);
}

function closedLine(id: string): Mrkdwn {
  return mrkdwn`This could not be posted in ${channel(id)}, so it comes to you alone. Invite the app there, or choose another channel with ${code("/campaign digest")}.`;
}

/** Counts and nothing else. */
export function summaryOf({ counts, waiting, owed, changed, unreadable }: Digest): string {
  const sum = (key: "running" | "paused" | "failed") =>
    counts.reduce((total, count) => total + count[key], 0);
  const state = `${sum("running")} running, ${sum("paused")} paused, ${sum("failed")} failed.`;
  const sentences = [
    counts.length + unreadable.length === 0 ? "No platform is connected." : "",
    counts.length > 0 ? state : "",
    waiting.length > 0 ? `${counted(waiting.length, "change")} waiting for approval.` : "",
    owed.length > 0
      ? `${counted(owed.length, "change")} nobody has answered for yet, to be ratified or reversed.`
      : "",
    changed.length === 0 ? "Nothing changed in the last 24 hours." : "",
    unreadable.length > 0
      ? `${counted(unreadable.length, "connection")} could not be read, so this is not the whole picture.`
      : "",
  ];
  return sentences.filter((sentence) => sentence !== "").join(" ");
}

function part(title: string, lines: readonly Mrkdwn[], limit: number): KnownBlock[] {
  if (lines.length === 0) return [];
  const more = lines.length - limit;
  const rest = more > 0 ? [mrkdwn`and ${more} more`] : [];
  return [section(joined([mrkdwn`*${title}*`, ...lines.slice(0, limit), ...rest], "\n"))];
}

function waitingPart(waiting: readonly Change[], names?: Names): KnownBlock[] {
  if (waiting.length === 0) return [];
  const shown = waiting
    .slice(0, most.waiting)
    .flatMap((change, place) => [
      section(waitingLine(change, names)),
      actions(reviewButtons(change, place + 1), `digest:${change.id}:${change.version}`),
    ]);
  const more = waiting.length - most.waiting;
  const rest = more > 0 ? [context(mrkdwn`and ${more} more: ${code("/campaign history")}`)] : [];
  return [section(mrkdwn`*Waiting for approval*`), ...shown, ...rest];
}

function waitingLine(change: Change, names?: Names): Mrkdwn {
  const missing = missingApproval(change, names);
  const why = change.reason ? mrkdwn`: “${escaped(change.reason, 200)}”` : mrkdwn``;
  const need = missing ? mrkdwn`Needs ${missing.count} from ${missing.from}.` : mrkdwn``;
  const ends = change.expiresAt ? mrkdwn` Expires ${when(change.expiresAt)}.` : mrkdwn``;
  return mrkdwn`⏳ *${titleOf(change)}*\nAsked by ${person(change.askedBy)}, ${when(change.askedAt)}${why}\n${need}${ends}`;
}

function owedLine(change: Change, names?: Names): Mrkdwn {
  return joined([mrkdwn`⚡ *${titleOf(change)}*`, ...ratifyLines(change, names)], "\n");
}

function countLine({
  name,
  vendor,
  running,
  paused,
  failed,
  other,
}: Digest["counts"][number]): Mrkdwn {
  const rest = other > 0 ? `, ${other} in other states` : "";
  return mrkdwn`*${escaped(name, 60)}* · ${vendorTitles[vendor]}: ${running} running, ${paused} paused, ${failed} failed${rest}`;
}

function pausedLine({ target, by, since }: Digest["paused"][number]): Mrkdwn {
  const who = by ? mrkdwn`by ${person(by)}` : mrkdwn`paused outside Slack`;
  const at = since ? mrkdwn`, since ${when(since)}` : mrkdwn``;
  return mrkdwn`⏸️ ${nameOf(target.campaign, 60)}, ${whereIs(target)}: ${who}${at}`;
}

function changedLine(change: Change): Mrkdwn {
  const face = faceOfChange(change);
  const at = change.endedAt ?? change.decidedAt ?? change.askedAt;
  return mrkdwn`${face.icon} ${face.word} · ${titleOf(change)} · ${person(change.askedBy)}, ${when(at)}`;
}

function unreadableLine({ name, vendor, sentence }: Digest["unreadable"][number]): Mrkdwn {
  return mrkdwn`❓ *${escaped(name, 60)}* · ${vendorTitles[vendor]}: ${escaped(sentence, 250)}`;
}

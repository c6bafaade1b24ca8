import type { Campaign, CampaignRef, Progress } from "../../domain/campaign.ts";
import { context, section } from "./blocks.ts";
import { faceOfPhase } from "./faces.ts";
import { mayBeThere, whereIs } from "./find-answers.ts";
import { fitted, type Message } from "./message.ts";
import { code, escaped, type Mrkdwn, mrkdwn } from "./text.ts";
import { clock, counted, nameOf } from "./words.ts";

interface StatusRow {
  ref: CampaignRef;
  /** As it was read just now; missing when it could not be. */
  campaign?: Campaign;
  progress?: Progress;
  /** Why it could not be read, in a sentence. */
  unreadable?: string;
}

const mostRows = 20;

/** How campaigns stand, as their platforms say it now. */
export function statusAnswer(
  rows: readonly StatusRow[],
  readAt: Date,
  unread: readonly string[] = [],
): Message {
  if (rows.length === 0) {
    const none = mrkdwn`There is no campaign to show.`;
    return fitted(none, [section(none)]);
  }
  const shown = rows.slice(0, mostRows);
  const more = rows.length - shown.length;
  const rest = more > 0 ? mrkdwn`and ${counted(more, "more campaign")} · ` : mrkdwn``;
  const [only] = rows;
  const title =
    only && rows.length === 1
      ? mrkdwn`${nameOf(only.ref.campaign)}: ${only.campaign ? faceOfPhase(only.campaign.phase).word : "could not be read"}`
      : mrkdwn`${counted(rows.length, "campaign")}`;
  return fitted(title, [
    ...shown.map((row) => section(statusOf(row))),
    ...(unread.length > 0 ? [context(mrkdwn`${mayBeThere(unread)}`)] : []),
    context(mrkdwn`${rest}read ${clock(readAt)}`),
  ]);
}

function statusOf({ ref, campaign, progress, unreadable }: StatusRow): Mrkdwn {
  if (!campaign) {
    const why = escaped(unreadable ?? "The platform did not answer.", 300);
    return mrkdwn`❓ *could not be read* · ${nameOf(ref.campaign)} · ${whereIs(ref)}\n${why}`;
  }
  const face = faceOfPhase(campaign.phase);
  const shows = mrkdwn`${whereIs(ref)}, which shows ${code(campaign.word, 40)}`;
  const head = mrkdwn`${face.icon} *${face.word}* · ${nameOf(campaign)} · ${shows}`;
  const count = progress ? mrkdwn`\n${progressWords(progress)}` : mrkdwn``;
  const note = campaign.note ? mrkdwn`\nℹ️ ${escaped(campaign.note, 200)}` : mrkdwn``;
  return mrkdwn`${head}${count}${note}`;
}

/** "120 of 400 done · 3 failed · 10 in flight"; what is not known is not mentioned. */
function progressWords({ done, total, failed, queued, inFlight, spent, note }: Progress): Mrkdwn {
  const number = (count: number) => count.toLocaleString("en");
  const parts = [
    done !== undefined && total !== undefined && `${number(done)} of ${number(total)} done`,
    done !== undefined && total === undefined && `${number(done)} done`,
    done === undefined && total !== undefined && `${number(total)} in all`,
    failed !== undefined && `${number(failed)} failed`,
    queued !== undefined && `${number(queued)} queued`,
    inFlight !== undefined && `${number(inFlight)} under way`,
    spent !== undefined && `${number(spent)} spent`,
    note,
  ].filter((part) => typeof part === "string" && part !== "");
  return escaped(parts.length > 0 ? parts.join(" · ") : "Progress is not known.", 400);
}

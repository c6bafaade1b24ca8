import type { Digest } from "../../domain/digest.ts";
import { context, header, section } from "./blocks.ts";
import { dayWords, summaryOf } from "./digest-card.ts";
import { fitted, type Message } from "./message.ts";
import { redactedNote } from "./redacted-words.ts";
import { code, mrkdwn } from "./text.ts";
import { clock, counted } from "./words.ts";

/** The day in counts, for a channel that people of other organisations read. */
export function redactedDigest(
  digest: Digest,
  { date, zone }: { date: string; zone: string },
): Message {
  const title = `Campaigns on ${dayWords(date)}`;
  const summary = summaryOf(digest);
  const changes = digest.changed.length;
  const changed = changes > 0 ? ` ${counted(changes, "change")} in the last 24 hours.` : "";
  return fitted(mrkdwn`${title}: ${summary}${changed}`, [
    header(title),
    section(mrkdwn`${summary}${changed}`),
    context(
      mrkdwn`${redactedNote} ${code("/campaign status")} and ${code("/campaign history")} show them to you alone.`,
    ),
    context(
      mrkdwn`As of ${clock(digest.at)} · daily, ${zone} time · change it with ${code("/campaign digest")}`,
    ),
  ]);
}

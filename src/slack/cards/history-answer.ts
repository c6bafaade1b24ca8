import type { Change } from "../../domain/change.ts";
import { context, section } from "./blocks.ts";
import { faceOfChange } from "./faces.ts";
import { fitted, type Message } from "./message.ts";
import type { Names } from "./names.ts";
import { ratifyLines } from "./ratify-words.ts";
import { code, escaped, joined, type Mrkdwn, mrkdwn } from "./text.ts";
import { counted, person, titleOf, when } from "./words.ts";

const mostRows = 15;

/** Past and open changes, newest first as given: what was asked, by whom, and what became of it. */
export function historyAnswer(changes: readonly Change[], about?: string, names?: Names): Message {
  const of = about ? ` of “${about}”` : "";
  if (changes.length === 0) {
    const none = mrkdwn`Nothing has been asked for yet${of ? ` in the history${of}` : ""}.`;
    return fitted(none, [section(none)]);
  }
  const title = mrkdwn`${counted(changes.length, "change")}${of}, newest first`;
  const more = changes.length - mostRows;
  return fitted(title, [
    section(mrkdwn`*${title}*`),
    ...changes.slice(0, mostRows).map((change) => section(lineOf(change, names))),
    ...(more > 0 ? [context(mrkdwn`and ${more} earlier`)] : []),
  ]);
}

function lineOf(change: Change, names?: Names): Mrkdwn {
  const face = faceOfChange(change);
  const why = change.reason ? mrkdwn`\n“${escaped(change.reason, 200)}”` : mrkdwn``;
  const asked = mrkdwn`${person(change.askedBy)}, ${when(change.askedAt)} · ${code(change.id)}`;
  const owed = ratifyLines(change, names).map((line) => mrkdwn`\n${line}`);
  return mrkdwn`${face.icon} *${face.word}* · ${titleOf(change)}\n${asked}${why}${joined(owed, "")}`;
}

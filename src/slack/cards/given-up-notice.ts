import type { Change } from "../../domain/change.ts";
import { type Message, says } from "./message.ts";
import { code, escaped, mrkdwn } from "./text.ts";
import { titleOf } from "./words.ts";

/** To those who run Fermata: work that was tried again and again and given up. */
export function givenUpNotice(change: Change, sentence: string): Message {
  return says(
    mrkdwn`⚠️ Fermata gave up on ${code(change.id)} (${titleOf(change)}). ${escaped(sentence, 400)} The log of this time says why.`,
  );
}

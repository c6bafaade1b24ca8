import type { Change } from "../../domain/change.ts";
import { type Message, says } from "./message.ts";
import { mrkdwn } from "./text.ts";
import { person, titleOf } from "./words.ts";

/** In the card's thread, when the planned end of a pause came and led to nothing. */
export function pauseStaysNotice(change: Change, sentence: string): Message {
  return says(
    mrkdwn`${person(change.askedBy)} ${titleOf(change)}: this was to end now, but nothing was resumed. ${sentence}`,
  );
}

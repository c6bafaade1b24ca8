import { context } from "./blocks.ts";
import type { Message } from "./message.ts";
import { clipMrkdwn, mrkdwn } from "./text.ts";
import { counted } from "./words.ts";

const minute = 60_000;

/** What an answer says of its own age, from this long on. */
const worthSayingMs = minute;
const most = { text: 4_000, blocks: 50 };

/** When something was asked, and whether Slack is why it was not answered at once. */
export interface Asked {
  askedAt: Date;
  slackAway: boolean;
}

/** What is known of a request that was written down: when it was asked, and what an earlier run of it has begun. */
export interface Kept extends Asked {
  /** The form that was opened and is not filled yet. */
  viewId?: string | undefined;
}

/** "31 minutes", "2 hours". */
function ageWords(ms: number): string {
  const minutes = Math.floor(ms / minute);
  return minutes < 120 ? counted(minutes, "minute") : counted(Math.floor(minutes / 60), "hour");
}

/** It was asked so long ago that whoever asked looks elsewhere by now. */
export function isOld(asked: Asked | undefined, now: Date): boolean {
  return asked !== undefined && now.getTime() - asked.askedAt.getTime() >= worthSayingMs;
}

/** The answer as it is, or below the words of how long ago it was asked for. */
export function withAge(message: Message, asked: Asked | undefined, now: Date): Message {
  if (!asked || !isOld(asked, now)) return message;
  const ms = now.getTime() - asked.askedAt.getTime();
  const why = asked.slackAway ? mrkdwn`, while Slack could not be reached` : mrkdwn``;
  const first = mrkdwn`You asked this ${ageWords(ms)} ago${why}.`;
  return {
    text: clipMrkdwn(`${first.mrkdwn}\n${message.text}`, most.text),
    blocks: [context(first), ...message.blocks].slice(0, most.blocks),
  };
}

import type { KnownBlock } from "@slack/types";
import { context, section } from "./blocks.ts";
import { clipMrkdwn, type Mrkdwn } from "./text.ts";

/** What chat.postMessage, chat.update and a response_url take. */
export interface Message {
  /** What screen readers, notifications and old clients get: mrkdwn, at most 4000 characters. */
  text: string;
  blocks: KnownBlock[];
}

const most = { blocks: 50, text: 4000 };
/** The sum over all blocks that Slack still takes without `msg_blocks_too_long`, with room to spare. */
const mostInAll = 12_000;

/** Keeps a whole message inside Slack's limits, for post and for update alike; says so if it had to cut. */
export function fitted(text: Mrkdwn, blocks: readonly KnownBlock[]): Message {
  const kept: KnownBlock[] = [];
  let size = 0;
  for (const block of blocks) {
    size += JSON.stringify(block).length;
    if (kept.length === most.blocks - 1 || size > mostInAll) break;
    kept.push(block);
  }
  const all = kept.length === blocks.length;
  const cut = {
    mrkdwn: "There is more than Slack can show in one message. The rest was left out.",
  };
  return {
    text: clipMrkdwn(text.mrkdwn, most.text),
    blocks: all ? kept : [...kept, context(cut)],
  };
}

/** An answer without a header: a sentence or two that a screen reader gets as they are. */
export function says(text: Mrkdwn, ...more: readonly KnownBlock[]): Message {
  return fitted(text, [section(text), ...more]);
}

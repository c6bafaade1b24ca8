import type { KnownBlock } from "@slack/types";
import { context, section } from "./blocks.ts";
import { clipMrkdwn, type Mrkdwn, mrkdwn } from "./text.ts";

/** What chat.postMessage, chat.update and a response_url take. */
export interface Message {
  /** What screen readers, notifications and old clients get: mrkdwn, at most 4000 characters. */
  text: string;
  blocks: KnownBlock[];
}

const most = { blocks: 50, text: 4000 };
/** The sum over all blocks that Slack still takes without `msg_blocks_too_long`, with room to spare. */
const mostInAll = 12_000;

/**
 * Keeps a whole message inside Slack's limits, for post and for update alike, and says so if it had
 * to leave something out. A header and buttons are never what is left out.
 */
export function fitted(text: Mrkdwn, blocks: readonly KnownBlock[]): Message {
  let room = mostInAll - sizeOf(blocks.filter(isNeeded));
  const kept = blocks.filter((block) => {
    if (isNeeded(block)) return true;
    const fits = sizeOf([block]) <= room;
    if (fits) room -= sizeOf([block]);
    return fits;
  });
  const all = kept.length === blocks.length && kept.length <= most.blocks;
  const cut = mrkdwn`There is more than Slack can show in one message. The rest was left out.`;
  return {
    text: clipMrkdwn(text.mrkdwn, most.text).trim() || "–",
    blocks: all ? kept : [...kept.slice(0, most.blocks - 1), context(cut)],
  };
}

function isNeeded({ type }: KnownBlock): boolean {
  return type === "header" || type === "actions";
}

function sizeOf(blocks: readonly KnownBlock[]): number {
  return JSON.stringify(blocks).length;
}

/** An answer without a header: a sentence or two that a screen reader gets as they are. */
export function says(text: Mrkdwn, ...more: readonly KnownBlock[]): Message {
  return fitted(text, [section(text), ...more]);
}

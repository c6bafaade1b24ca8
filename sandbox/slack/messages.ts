import { type Answer, type Args, complaint, jsonArg, no, textArg } from "./api/answer.ts";
import { isFields } from "./block-kit/check.ts";
import { keepBlocks } from "./block-kit/keep.ts";
import { problemsInMessage } from "./block-kit/limits.ts";
import type { Workspace } from "./state.ts";
import { keepText } from "./text.ts";
import type { Block, PretendMessage } from "./types.ts";

export interface Content {
  /** Left out when the call did not speak of the text or the blocks at all. */
  text?: string;
  blocks?: Block[];
  metadata?: unknown;
  truncated: boolean;
}

export const longestText = 40_000;

/** Reads and checks what a message is to say, as every posting method does. */
export function readContent(args: Args, workspace: Workspace): Content | Answer {
  const blocks = readBlocks(args, workspace);
  if ("ok" in blocks) return blocks;
  const metadata = readMetadata(args);
  if (metadata === "invalid") return no("invalid_metadata_format");
  const text = args.text === undefined ? undefined : textArg(args, "text");
  const truncated = (text?.length ?? 0) > longestText;
  return {
    ...(text === undefined ? {} : { text: keepText(text.slice(0, longestText)) }),
    ...(blocks.list ? { blocks: blocks.list } : {}),
    ...(metadata === undefined ? {} : { metadata }),
    truncated,
  };
}

function readBlocks(args: Args, workspace: Workspace): { list?: Block[] } | Answer {
  if (args.blocks === undefined || args.blocks === "") return {};
  const given = jsonArg(args, "blocks");
  if (!Array.isArray(given) || !given.every(isFields)) return no("invalid_blocks_format");
  const problems = problemsInMessage(given);
  if (problems.length) return complaint("invalid_blocks", problems);
  return { list: keepBlocks(given as Block[], () => workspace.newId("", 5)) };
}

function readMetadata(args: Args): unknown {
  if (args.metadata === undefined || args.metadata === "") return undefined;
  const metadata = jsonArg(args, "metadata");
  if (!isFields(metadata)) return "invalid";
  if (Object.keys(metadata).length === 0) return null;
  const fine = typeof metadata.event_type === "string" && isFields(metadata.event_payload);
  return fine ? metadata : "invalid";
}

export function saysNothing(content: Content): boolean {
  return !content.text?.trim() && !content.blocks?.length;
}

export function post(
  workspace: Workspace,
  where: { channel: string; author: string; threadTs?: string; visibleTo?: string },
  content: Content,
): PretendMessage {
  const byBot = where.author === workspace.botUserId;
  const message: PretendMessage = {
    channel: where.channel,
    ts: workspace.newTs(),
    user: where.author,
    ...(byBot ? { botId: workspace.botId, appId: workspace.appId } : {}),
    text: content.text ?? "",
    blocks: content.blocks ?? [],
    ...(where.threadTs ? { threadTs: where.threadTs } : {}),
    ...(where.visibleTo ? { visibleTo: where.visibleTo } : {}),
    ...(content.metadata ? { metadata: content.metadata } : {}),
    edits: 0,
    showsEdited: false,
    postedAt: workspace.now(),
  };
  workspace.messages.push(message);
  workspace.changed();
  return message;
}

/** Text without blocks takes the blocks away; only such an edit is marked "(edited)". */
export function edit(workspace: Workspace, message: PretendMessage, content: Content): void {
  if (content.text !== undefined || content.blocks) message.blocks = content.blocks ?? [];
  if (content.text !== undefined) message.text = content.text;
  if (content.metadata === null) delete message.metadata;
  else if (content.metadata !== undefined) message.metadata = content.metadata;
  message.showsEdited = message.blocks.length === 0;
  message.edits += 1;
  workspace.changed();
}

export function remove(workspace: Workspace, message: PretendMessage): void {
  const index = workspace.messages.indexOf(message);
  if (index >= 0) workspace.messages.splice(index, 1);
  workspace.changed();
}

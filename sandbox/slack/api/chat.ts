import { directMessage, memberOf, messageAt } from "../find.ts";
import {
  type Content,
  edit,
  longestText,
  post,
  readContent,
  remove,
  saysNothing,
} from "../messages.ts";
import { messageShape } from "../shapes/messages.ts";
import type { Workspace } from "../state.ts";
import type { PretendChannel, PretendMessage } from "../types.ts";
import { type Answer, type Args, type Method, no, ok, textArg } from "./answer.ts";

export const postMessage: Method = (args, workspace) => {
  const content = readContent(args, workspace);
  if ("ok" in content) return content;
  const channel = writable(args, workspace);
  if ("ok" in channel) return channel;
  if (saysNothing(content)) return no("no_text");
  const threadTs = textArg(args, "thread_ts");
  const author = workspace.botUserId;
  const where = { channel: channel.id, author, ...(threadTs ? { threadTs } : {}) };
  const message = post(workspace, where, content);
  return ok({
    channel: channel.id,
    ts: message.ts,
    message: messageShape(message, workspace),
    ...truncation(content),
  });
};

export const postEphemeral: Method = (args, workspace) => {
  const content = readContent(args, workspace);
  if ("ok" in content) return content;
  const channel = writable(args, workspace, { opensDirectMessages: false });
  if ("ok" in channel) return channel;
  const person = memberOf(workspace, textArg(args, "user"));
  if (!person) return no("user_not_found");
  if (saysNothing(content)) return no("no_text");
  if (!channel.members.includes(person.id)) return no("user_not_in_channel");
  const threadTs = textArg(args, "thread_ts");
  const where = {
    channel: channel.id,
    author: workspace.botUserId,
    visibleTo: person.id,
    ...(threadTs ? { threadTs } : {}),
  };
  return ok({ message_ts: post(workspace, where, content).ts, ...truncation(content) });
};

/** `chat.update` takes less text than `chat.postMessage` does. */
const longestEdit = 4000;

export const update: Method = (args, workspace) => {
  const content = readContent(args, workspace);
  if ("ok" in content) return content;
  if (textArg(args, "text").length > longestEdit) return no("msg_too_long");
  const message = ownMessage(args, workspace, "cant_update_message");
  if ("ok" in message) return message;
  if (content.metadata === undefined && saysNothing(content)) return no("no_text");
  edit(workspace, message, content);
  return ok({
    channel: message.channel,
    ts: message.ts,
    text: message.text,
    message: messageShape(message, workspace),
  });
};

export const deleteMessage: Method = (args, workspace) => {
  const message = ownMessage(args, workspace, "cant_delete_message");
  if ("ok" in message) return message;
  remove(workspace, message);
  return ok({ channel: message.channel, ts: message.ts });
};

function writable(
  args: Args,
  workspace: Workspace,
  options = { opensDirectMessages: true },
): PretendChannel | Answer {
  const wanted = textArg(args, "channel");
  const person = memberOf(workspace, wanted);
  if (person && !person.isBot && !person.deleted && options.opensDirectMessages)
    return directMessage(workspace, person.id);
  const channel = workspace.channels.find((one) => one.id === wanted || `#${one.name}` === wanted);
  if (!channel) return no("channel_not_found");
  if (!channel.botIsMember) return no(channel.isPrivate ? "channel_not_found" : "not_in_channel");
  return channel.isArchived ? no("is_archived") : channel;
}

function ownMessage(args: Args, workspace: Workspace, refusal: string): PretendMessage | Answer {
  const channel = workspace.channels.find((one) => one.id === textArg(args, "channel"));
  if (!channel || (channel.isPrivate && !channel.botIsMember)) return no("channel_not_found");
  const message = messageAt(workspace, channel.id, textArg(args, "ts"));
  if (!message) return no("message_not_found");
  if (message.user !== workspace.botUserId) return no(refusal);
  return channel.isArchived ? no("is_inactive") : message;
}

function truncation(content: Content): Record<string, unknown> {
  if (!content.truncated) return {};
  const warnings = ["message_truncated"];
  const messages = [`[WARN] A message was cut at ${longestText} characters`];
  return { warning: warnings[0], response_metadata: { warnings, messages } };
}

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
import type { PretendChannel, PretendMessage, PretendPerson } from "../types.ts";
import { type Answer, type Args, type Method, no, ok, textArg } from "./answer.ts";

export const postMessage: Method = (args, workspace, scopes) => {
  const content = readContent(args, workspace);
  if ("ok" in content) return content;
  const channel = writable(args, workspace, { uninvited: scopes.includes("chat:write.public") });
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
  { opensDirectMessages = true, uninvited = false } = {},
): PretendChannel | Answer {
  const wanted = textArg(args, "channel");
  const person = memberOf(workspace, wanted);
  if (person && opensDirectMessages) {
    const refusal = whyNoDirectMessage(workspace, person);
    return refusal ? no(refusal) : directMessage(workspace, person.id);
  }
  const channel = workspace.channels.find((one) => one.id === wanted || `#${one.name}` === wanted);
  if (!channel) return no("channel_not_found");
  if (!channel.botIsMember && channel.isPrivate) return no("channel_not_found");
  if (!channel.botIsMember && !uninvited) return no("not_in_channel");
  const refusal = channel.isArchived ? "is_archived" : whyNoPost(workspace, channel, args);
  return refusal ? no(refusal) : channel;
}

function whyNoDirectMessage({ rules }: Workspace, person: PretendPerson): string | undefined {
  if (person.isBot) return "cannot_dm_bot";
  if (person.deleted) return "user_disabled";
  if (!rules.messagesTab || person.closedToApps) return "messages_tab_disabled";
  return undefined;
}

/** https://docs.slack.dev/reference/methods/chat.postMessage#errors */
function whyNoPost(
  { rules, people }: Workspace,
  channel: PretendChannel,
  args: Args,
): string | undefined {
  const other = channel.isIm && people.find(({ id }) => id === channel.members[0]);
  if (other && (!rules.messagesTab || other.closedToApps)) return "messages_tab_disabled";
  if (channel.name === "general" && !rules.appsInGeneral)
    return "posting_to_general_channel_denied";
  switch (channel.posting) {
    case "admins":
      return "restricted_action";
    case "nobody":
      return "restricted_action_read_only_channel";
    case "threads_only":
      return textArg(args, "thread_ts") ? undefined : "restricted_action_thread_only_channel";
    case "frozen":
      return "channel_is_frozen";
    default:
      return undefined;
  }
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

import { directMessage, memberOf } from "../find.ts";
import { channelShape } from "../shapes/channels.ts";
import type { Workspace } from "../state.ts";
import type { PretendChannel } from "../types.ts";
import { type Answer, type Args, flagArg, type Method, no, ok, pageOf, textArg } from "./answer.ts";

export const info: Method = (args, workspace) => {
  const channel = visible(args, workspace);
  if ("ok" in channel) return channel;
  const members = flagArg(args, "include_num_members") ? {} : { num_members: undefined };
  return ok({ channel: { ...channelShape(channel, workspace), ...members } });
};

export const list: Method = (args, workspace) => {
  const types = (textArg(args, "types") || "public_channel").split(",").map((type) => type.trim());
  const unarchived = flagArg(args, "exclude_archived");
  const found = workspace.channels
    .filter((channel) => types.includes(typeOf(channel)))
    .filter((channel) => !channel.isPrivate || channel.botIsMember)
    .filter((channel) => !(unarchived && channel.isArchived));
  const page = pageOf(found, args);
  if (!page) return no("invalid_cursor");
  return ok({
    channels: page.items.map((channel) => channelShape(channel, workspace)),
    response_metadata: { next_cursor: page.next },
  });
};

export const members: Method = (args, workspace) => {
  const channel = visible(args, workspace);
  if ("ok" in channel) return channel;
  const page = pageOf(channel.members, args);
  if (!page) return no("invalid_cursor");
  return ok({ members: page.items, response_metadata: { next_cursor: page.next } });
};

/** Only direct messages with one person: more would need the scope `mpim:write`. */
export const open: Method = (args, workspace) => {
  const before = workspace.channels.length;
  const channel = textArg(args, "channel") ? visible(args, workspace) : openWith(args, workspace);
  if ("ok" in channel) return channel;
  if (!channel.isIm) return no("channel_not_found");
  const wasOpen = workspace.channels.length === before;
  return ok({
    ...(wasOpen ? { no_op: true, already_open: true } : {}),
    channel: flagArg(args, "return_im") ? channelShape(channel, workspace) : { id: channel.id },
  });
};

function openWith(args: Args, workspace: Workspace): PretendChannel | Answer {
  const given = args.users;
  const ids = (Array.isArray(given) ? given.join() : textArg(args, "users"))
    .split(",")
    .filter(Boolean);
  if (ids.length === 0) return no("users_list_not_supplied");
  if (ids.length > 1) return no("missing_scope", { needed: "mpim:write", provided: "im:write" });
  const person = memberOf(workspace, ids[0] ?? "");
  if (!person) return no("user_not_found");
  if (person.isBot) return no("cannot_dm_bot");
  if (person.deleted) return no("user_disabled");
  return directMessage(workspace, person.id);
}

function visible(args: Args, workspace: Workspace): PretendChannel | Answer {
  const channel = workspace.channels.find((one) => one.id === textArg(args, "channel"));
  const hidden = !channel || (channel.isPrivate && !channel.botIsMember);
  return hidden ? no("channel_not_found") : channel;
}

function typeOf(channel: PretendChannel): string {
  if (channel.isIm) return "im";
  return channel.isPrivate ? "private_channel" : "public_channel";
}

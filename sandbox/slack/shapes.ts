import { botName } from "./cast.ts";
import type { OpenView, Workspace } from "./state.ts";
import type { PretendChannel, PretendGroup, PretendMessage, PretendPerson } from "./types.ts";

/** The objects of Slack's answers and payloads. */

const created = 1_767_225_600;

export function userShape(person: PretendPerson, workspace: Workspace): Record<string, unknown> {
  const away = person.teamId !== workspace.team.id;
  return {
    id: person.id,
    team_id: person.teamId,
    name: person.name,
    deleted: person.deleted,
    color: person.color.slice(1),
    real_name: person.realName,
    tz: person.tz,
    tz_label: person.tz,
    tz_offset: zoneOffset(person.tz, workspace.now()),
    profile: profileOf(person),
    is_admin: person.isAdmin,
    is_owner: person.isOwner,
    is_primary_owner: false,
    is_restricted: person.isRestricted,
    is_ultra_restricted: person.isUltraRestricted,
    is_bot: person.isBot,
    is_app_user: false,
    updated: created,
    is_email_confirmed: !person.isBot,
    who_can_share_contact_card: "EVERYONE",
    ...(away ? { is_stranger: person.isStranger && !sharesChannel(person, workspace) } : {}),
  };
}

/** Slack calls only those strangers whom the app meets in no channel at all. */
function sharesChannel(person: PretendPerson, workspace: Workspace): boolean {
  return workspace.channels.some(
    (channel) => channel.isExtShared && channel.botIsMember && channel.members.includes(person.id),
  );
}

function profileOf(person: PretendPerson): Record<string, unknown> {
  return {
    title: "",
    real_name: person.realName,
    real_name_normalized: person.realName,
    display_name: person.name,
    display_name_normalized: person.name,
    avatar_hash: person.id.toLowerCase(),
    status_text: "",
    status_emoji: "",
    team: person.teamId,
  };
}

function zoneOffset(zone: string, at: Date): number {
  const local = new Date(at.toLocaleString("en-US", { timeZone: zone }));
  const utc = new Date(at.toLocaleString("en-US", { timeZone: "UTC" }));
  return Math.round((local.getTime() - utc.getTime()) / 1000);
}

export function channelShape(
  channel: PretendChannel,
  workspace: Workspace,
): Record<string, unknown> {
  if (channel.isIm) return imShape(channel, workspace);
  const topic = { value: "", creator: "", last_set: 0 };
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: !channel.isPrivate,
    is_group: channel.isPrivate,
    is_im: false,
    is_mpim: false,
    is_private: channel.isPrivate,
    is_archived: channel.isArchived,
    is_general: channel.name === "general",
    is_member: channel.botIsMember,
    is_shared: channel.isExtShared,
    is_ext_shared: channel.isExtShared,
    is_org_shared: false,
    is_pending_ext_shared: false,
    pending_shared: [],
    context_team_id: workspace.team.id,
    shared_team_ids: [workspace.team.id],
    parent_conversation: null,
    creator: channel.members[0] ?? "",
    created,
    updated: created * 1000,
    unlinked: 0,
    topic,
    purpose: topic,
    previous_names: [],
    num_members: channel.members.length,
  };
}

function imShape(channel: PretendChannel, workspace: Workspace): Record<string, unknown> {
  return {
    id: channel.id,
    created,
    is_archived: channel.isArchived,
    is_im: true,
    is_org_shared: false,
    context_team_id: workspace.team.id,
    updated: created * 1000,
    user: channel.members.find((member) => member !== workspace.botUserId) ?? "",
    is_open: true,
    priority: 0,
  };
}

export function groupShape(group: PretendGroup, workspace: Workspace): Record<string, unknown> {
  return {
    id: group.id,
    team_id: workspace.team.id,
    is_usergroup: true,
    is_subteam: true,
    name: group.name,
    description: "",
    handle: group.handle,
    is_external: false,
    date_create: created,
    date_update: created,
    date_delete: 0,
    auto_type: null,
    created_by: workspace.people[0]?.id ?? "",
    updated_by: workspace.people[0]?.id ?? "",
    deleted_by: null,
    prefs: { channels: [], groups: [] },
    user_count: group.users.length,
  };
}

export function messageShape(
  message: PretendMessage,
  workspace: Workspace,
): Record<string, unknown> {
  return {
    user: message.user,
    type: "message",
    ts: message.ts,
    ...(message.botId ? { bot_id: message.botId, app_id: message.appId } : {}),
    text: message.text,
    team: workspace.team.id,
    ...(message.botId
      ? { bot_profile: { ...botShape(workspace), team_id: workspace.team.id } }
      : {}),
    ...(message.showsEdited
      ? { edited: { user: message.botId ?? message.user, ts: message.ts } }
      : {}),
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(message.metadata ? { metadata: message.metadata } : {}),
    ...(message.blocks.length ? { blocks: message.blocks } : {}),
  };
}

export function botShape(workspace: Workspace): Record<string, unknown> {
  return {
    id: workspace.botId,
    app_id: workspace.appId,
    user_id: workspace.botUserId,
    name: botName,
    deleted: false,
    updated: created,
    icons: {},
  };
}

/** A view as Slack returns and sends it; `values` is the state of its fields. */
export function viewShape(
  view: OpenView,
  workspace: Workspace,
  values: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    id: view.id,
    team_id: workspace.team.id,
    type: view.type,
    blocks: view.blocks,
    private_metadata: view.privateMetadata,
    callback_id: view.callbackId,
    state: { values },
    hash: view.hash,
    title: view.raw.title ?? null,
    clear_on_close: view.clearOnClose,
    notify_on_close: view.notifyOnClose,
    close: view.raw.close ?? null,
    submit: view.raw.submit ?? null,
    previous_view_id: view.previousViewId,
    root_view_id: view.rootViewId,
    app_id: workspace.appId,
    external_id: view.externalId,
    app_installed_team_id: workspace.team.id,
    bot_id: workspace.botId,
  };
}

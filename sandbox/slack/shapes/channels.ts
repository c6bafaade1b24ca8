import type { Workspace } from "../state.ts";
import type { PretendChannel } from "../types.ts";
import { created } from "./people.ts";

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
    is_shared: channel.isExtShared || channel.isOrgShared === true,
    is_ext_shared: channel.isExtShared,
    is_org_shared: channel.isOrgShared === true,
    is_pending_ext_shared: false,
    pending_shared: [],
    context_team_id: workspace.team.id,
    shared_team_ids: [workspace.team.id, ...(channel.connectedTeams ?? [])],
    ...(channel.isExtShared ? { connected_team_ids: channel.connectedTeams ?? [] } : {}),
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

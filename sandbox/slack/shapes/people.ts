import type { Workspace } from "../state.ts";
import type { Enterprise, EnterpriseMember, PretendGroup, PretendPerson } from "../types.ts";

/** When everything in the pretend workspace was made. */
export const created = 1_767_225_600;

export function userShape(person: PretendPerson, workspace: Workspace): Record<string, unknown> {
  const { enterprise } = workspace;
  const away = person.teamId !== workspace.team.id && !person.enterprise;
  return {
    id: person.id,
    team_id: person.teamId,
    name: person.name,
    deleted: person.deleted,
    color: person.color.slice(1),
    real_name: person.realName,
    tz: person.tz,
    tz_label: person.tz ?? "Coordinated Universal Time",
    tz_offset: person.tz === null ? 0 : zoneOffset(person.tz, workspace.now()),
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
    ...(enterprise && person.enterprise
      ? { enterprise_user: memberShape(person.enterprise, enterprise) }
      : {}),
    ...(away ? { is_stranger: person.isStranger && !sharesChannel(person, workspace) } : {}),
  };
}

function memberShape(member: EnterpriseMember, enterprise: Enterprise): Record<string, unknown> {
  return {
    id: member.id,
    enterprise_id: enterprise.id,
    enterprise_name: enterprise.name,
    is_admin: member.isAdmin,
    is_owner: false,
    is_primary_owner: false,
    teams: [...member.teams],
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

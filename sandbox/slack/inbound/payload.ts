import { newResponseUrl } from "../api/response-url.ts";
import type { Workspace } from "../state.ts";
import type { PretendChannel, PretendPerson } from "../types.ts";

/** Slack's old, unsafe proof of origin; still in every payload. */
const verificationToken = "pretendVerificationToken";

export function newTrigger(workspace: Workspace, person: string, viewId?: string): string {
  const now = workspace.now().getTime();
  const id = `${Math.floor(now * 1.1)}.2711004242.${workspace.newId("", 32).toLowerCase()}`;
  workspace.triggers.set(id, { person, issuedAt: now, used: false, ...(viewId ? { viewId } : {}) });
  return id;
}

/** Fields of a slash command: https://docs.slack.dev/interactivity/implementing-slash-commands */
export function commandFields(
  workspace: Workspace,
  person: PretendPerson,
  channel: PretendChannel,
  command: string,
  text: string,
): Record<string, string> {
  const about = { channel: channel.id, person: person.id };
  return {
    token: verificationToken,
    team_id: workspace.team.id,
    team_domain: workspace.team.domain,
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: person.id,
    user_name: person.name,
    command,
    text,
    api_app_id: workspace.appId,
    is_enterprise_install: "false",
    response_url: newResponseUrl(workspace, "commands", about),
    trigger_id: newTrigger(workspace, person.id),
  };
}

/** What every interaction payload begins with. */
export function interaction(
  workspace: Workspace,
  type: string,
  person: PretendPerson,
): Record<string, unknown> {
  return {
    type,
    team: { id: workspace.team.id, domain: workspace.team.domain },
    user: { id: person.id, username: person.name, name: person.name, team_id: person.teamId },
    api_app_id: workspace.appId,
    token: verificationToken,
    enterprise: null,
    is_enterprise_install: false,
  };
}

export function channelName(channel: PretendChannel): string {
  if (channel.isIm) return "directmessage";
  return channel.isPrivate ? "privategroup" : channel.name;
}

/** The envelope of the Events API. */
export function eventEnvelope(
  workspace: Workspace,
  eventId: string,
  event: Record<string, unknown>,
): Record<string, unknown> {
  return {
    token: verificationToken,
    team_id: workspace.team.id,
    context_team_id: workspace.team.id,
    context_enterprise_id: null,
    api_app_id: workspace.appId,
    event,
    type: "event_callback",
    event_id: eventId,
    event_time: Math.floor(workspace.now().getTime() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: workspace.team.id,
        user_id: workspace.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: isShared(workspace, event.channel),
    event_context: `4-${workspace.newId("", 24)}`,
  };
}

function isShared(workspace: Workspace, channel: unknown): boolean {
  return workspace.channels.some((one) => one.id === channel && one.isExtShared);
}

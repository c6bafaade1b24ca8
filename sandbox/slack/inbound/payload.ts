import { newResponseUrl } from "../api/response-url.ts";
import type { Workspace } from "../state.ts";
import type { PretendChannel, PretendPerson } from "../types.ts";
import { goesOrgWide, sceneOf } from "./frame.ts";

/** Slack's old, unsafe proof of origin; still in every payload. */
export const verificationToken = "pretendVerificationToken";

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
  as = person.id,
): Record<string, string> {
  const { enterprise } = workspace;
  const about = { channel: channel.id, person: person.id };
  return {
    token: verificationToken,
    team_id: workspace.team.id,
    team_domain: workspace.team.domain,
    ...(enterprise && { enterprise_id: enterprise.id, enterprise_name: enterprise.name }),
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: as,
    user_name: person.name,
    command,
    text,
    api_app_id: workspace.appId,
    is_enterprise_install: String(goesOrgWide(workspace)),
    response_url: newResponseUrl(workspace, "commands", about),
    trigger_id: newTrigger(workspace, person.id),
  };
}

/** "W…" when the person acts under the id of the whole organisation. */
export function idAs(person: PretendPerson, called: string): string {
  return called === person.enterprise?.id ? called : person.id;
}

/** What every interaction payload begins with. */
export function interaction(
  workspace: Workspace,
  type: string,
  person: PretendPerson,
  { as = person.id, inView = false }: { as?: string; inView?: boolean } = {},
): Record<string, unknown> {
  return {
    type,
    user: { id: as, username: person.name, name: person.name, team_id: person.teamId },
    api_app_id: workspace.appId,
    token: verificationToken,
    ...sceneOf(workspace, person, inView),
  };
}

export function channelName(channel: PretendChannel): string {
  if (channel.isIm) return "directmessage";
  return channel.isPrivate ? "privategroup" : channel.name;
}

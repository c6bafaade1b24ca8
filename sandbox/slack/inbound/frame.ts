import { belongsTo } from "../find.ts";
import { installIn, isOrgWide } from "../installs.ts";
import type { Workspace } from "../state.ts";
import type { PretendPerson } from "../types.ts";

/** The part of an event's envelope that says whose event it is. */
export interface Frame {
  team_id: string | null;
  enterprise_id?: string;
  authorizations: Record<string, unknown>[];
  is_ext_shared_channel: boolean;
  [field: string]: unknown;
}

/** Whether a payload goes to an organisation's install. */
export function goesOrgWide(workspace: Workspace): boolean {
  const install = installIn(workspace.installs, workspace.team.id);
  return install !== undefined && isOrgWide(install);
}

export function workspaceFrame(workspace: Workspace, event: Record<string, unknown>): Frame {
  const { team, enterprise, installs } = workspace;
  const install = installIn(installs, team.id);
  const authorization = install && {
    enterprise_id: enterprise?.id ?? null,
    team_id: isOrgWide(install) ? null : team.id,
    user_id: install.botUserId,
    is_bot: true,
    is_enterprise_install: isOrgWide(install),
  };
  return {
    team_id: team.id,
    ...(enterprise ? { enterprise_id: enterprise.id } : {}),
    context_team_id: team.id,
    context_enterprise_id: enterprise?.id ?? null,
    authorizations: authorization ? [authorization] : [],
    is_ext_shared_channel: workspace.channels.some(
      (one) => one.id === event.channel && one.isExtShared,
    ),
  };
}

/**
 * The `team` of an interaction: where the app is, but in a view the person's own workspace, and
 * nothing at all when the app is installed for the whole organisation.
 */
export function sceneOf(
  workspace: Workspace,
  person: PretendPerson,
  inView: boolean,
): Record<string, unknown> {
  const { team, enterprise } = workspace;
  const away = inView && !belongsTo(workspace, person);
  const own = enterprise ? { enterprise_id: enterprise.id, enterprise_name: enterprise.name } : {};
  const orgWide = goesOrgWide(workspace);
  const here = away
    ? { id: person.teamId, domain: person.teamId.toLowerCase() }
    : { id: team.id, domain: team.domain, ...own };
  return {
    team: orgWide ? null : here,
    enterprise: enterprise ? { id: enterprise.id, name: enterprise.name } : null,
    is_enterprise_install: orgWide,
  };
}

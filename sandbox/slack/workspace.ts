import { actsIn, sightsIn } from "./acts.ts";
import { orgEvents, sendEvent } from "./inbound/event.ts";
import { endInstalls, installIn, newestInstall } from "./installs.ts";
import { sendPartings } from "./parting.ts";
import { addInstall, type Home, homeId, type Org, type Platform } from "./platform.ts";
import type { Workspace } from "./state.ts";
import type { Delivery, PretendOrg, PretendWorkspace, UninstallOptions } from "./types.ts";

export function workspaceOf(
  workspace: Workspace,
  platform: Platform,
  commands: readonly string[],
): PretendWorkspace {
  const { team, enterprise, botId, botUserId, people, channels, groups, rules } = workspace;
  const { installs, faults } = platform;
  return {
    team,
    enterprise,
    botId,
    botUserId,
    get botToken() {
      return newestInstall(installs, team.id)?.token;
    },
    get installed() {
      return installIn(installs, team.id) !== undefined;
    },
    people,
    channels,
    groups,
    rules,
    ...installing(workspace, platform),
    ...actsIn(workspace, platform, commands),
    ...sightsIn(workspace),
    calls: () => platform.calls.filter((one) => one.team === team.id),
    faults: {
      set(fault) {
        if (fault) faults.push({ ...fault, team: team.id });
        else faults.splice(0, Infinity, ...faults.filter((one) => one.team !== team.id));
      },
    },
    onChange: workspace.onChange,
  };
}

export function orgOf(org: Org, platform: Platform): PretendOrg {
  const { enterprise, teams } = org;
  const source = orgEvents(platform, org);
  const send = (type: string, fields: object) =>
    sendEvent(source, platform.deliver, { type, ...fields });
  return {
    enterprise,
    teams,
    get botToken() {
      return newestInstall(platform.installs, enterprise.id)?.token;
    },
    get installed() {
      return platform.installs.some((one) => one.home === enterprise.id && !one.ended);
    },
    ...installing(org, platform),
    grantAccess(...added) {
      teams.push(...added.filter((team) => !teams.includes(team)));
      return send("team_access_granted", { team_ids: added });
    },
    revokeAccess(...removed) {
      teams.splice(0, Infinity, ...teams.filter((team) => !removed.includes(team)));
      return send("team_access_revoked", { team_ids: removed });
    },
    event: (type, fields, how) => sendEvent(source, platform.deliver, { type, ...fields }, how),
  };
}

function installing(
  home: Home,
  platform: Platform,
): Pick<PretendWorkspace, "install" | "uninstall" | "regrant" | "revokeTokens"> {
  const id = homeId(home);
  return {
    install: () => addInstall(platform, home).token,
    uninstall(options: UninstallOptions = {}): Promise<Delivery[]> {
      const botUsers = endInstalls(platform.installs, id, "account_inactive");
      if (!("team" in home)) home.teams.length = 0;
      return sendPartings(platform, id, botUsers, options);
    },
    regrant(scope) {
      for (const one of platform.installs) if (one.home === id) one.scope = scope;
    },
    revokeTokens: () => void endInstalls(platform.installs, id, "token_revoked"),
  };
}

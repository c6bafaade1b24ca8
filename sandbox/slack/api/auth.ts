import { isOrgWide } from "../installs.ts";
import { announce } from "../parting.ts";
import { orgNamed, type Platform, workspaceNamed } from "../platform.ts";
import type { Enterprise, Team } from "../types.ts";
import { flagArg, no, ok, type TokenMethod, textArg } from "./answer.ts";

export const authTest: TokenMethod = (_args, install, platform) => {
  const { team, enterprise } = placeOf(platform, install.home);
  return ok({
    url: addressOf(team),
    team: team.name,
    user: "fermata",
    team_id: team.id,
    user_id: install.botUserId,
    bot_id: install.botId,
    app_id: platform.app.id,
    ...(enterprise ? { enterprise_id: enterprise.id } : {}),
    is_enterprise_install: isOrgWide(install),
  });
};

/** An organisation's token learns of the organisation, or of the `team` it asks for. */
export const teamInfo: TokenMethod = (args, install, platform) => {
  const wanted = textArg(args, "team") || install.home;
  if (wanted !== install.home && !install.teams.includes(wanted)) return no("team_not_found");
  const { team, enterprise } = placeOf(platform, wanted);
  return ok({
    team: {
      ...team,
      url: addressOf(team),
      email_domain: "",
      icon: { image_default: true },
      avatar_base_url: "https://ca.slack-edge.com/",
      is_verified: false,
      ...(enterprise && { enterprise_id: enterprise.id, enterprise_name: enterprise.name }),
    },
  });
};

/** The workspaces a token reaches. */
export const authTeamsList: TokenMethod = (_args, install, platform) =>
  ok({
    teams: install.teams.map((id) => ({ id, name: workspaceNamed(platform, id).team.name })),
    response_metadata: { next_cursor: "" },
  });

export const authRevoke: TokenMethod = (args, install, platform) => {
  if (flagArg(args, "test")) return ok({ revoked: false });
  install.ended = "token_revoked";
  announce(platform, install.home, [install.botUserId], { events: ["tokens_revoked"] });
  return ok({ revoked: true });
};

function placeOf(
  platform: Platform,
  id: string,
): { team: Team; enterprise: Enterprise | undefined } {
  if (!id.startsWith("E")) return workspaceNamed(platform, id);
  const { enterprise } = orgNamed(platform, id);
  return { team: enterprise, enterprise };
}

const addressOf = ({ id, domain }: Team): string =>
  id.startsWith("E") ? `https://${domain}.enterprise.slack.com/` : `https://${domain}.slack.com/`;

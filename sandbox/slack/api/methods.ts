import type { Method, OpenMethod, TokenMethod } from "./answer.ts";
import { authRevoke, authTeamsList, authTest, teamInfo } from "./auth.ts";
import { deleteMessage, postEphemeral, postMessage, update as updateMessage } from "./chat.ts";
import { info, list, members, open as openConversation } from "./conversations.ts";
import { oauthAccess } from "./oauth.ts";
import {
  apiTest,
  botsInfo,
  usergroupsList,
  usergroupsUsersList,
  usersInfo,
  usersList,
} from "./people.ts";
import { appsUninstall } from "./uninstall.ts";
import { open, publish, push, update } from "./views.ts";

/** Calls per minute, by Slack's tiers; `chat.postMessage` has a rule of its own per channel. */
export const tiers = { special: 60, t2: 20, t3: 50, t4: 100 } as const;

type Tier = keyof typeof tiers;

export const openMethods: Record<string, { run: OpenMethod; tier: Tier }> = {
  "api.test": { run: apiTest, tier: "t4" },
  "oauth.v2.access": { run: oauthAccess, tier: "t4" },
};

export const tokenMethods: Record<string, { run: TokenMethod; tier: Tier }> = {
  "apps.uninstall": { run: appsUninstall, tier: "t2" },
  "auth.revoke": { run: authRevoke, tier: "t3" },
  "auth.teams.list": { run: authTeamsList, tier: "t2" },
  "auth.test": { run: authTest, tier: "t4" },
  "team.info": { run: teamInfo, tier: "t3" },
};

/** `wantsTeam`: an organisation's token must say `team_id`. */
export const methods: Record<string, { run: Method; tier: Tier; wantsTeam?: true }> = {
  "bots.info": { run: botsInfo, tier: "t3", wantsTeam: true },
  "chat.delete": { run: deleteMessage, tier: "t3" },
  "chat.postEphemeral": { run: postEphemeral, tier: "t4" },
  "chat.postMessage": { run: postMessage, tier: "special" },
  "chat.update": { run: updateMessage, tier: "t3" },
  "conversations.info": { run: info, tier: "t3" },
  "conversations.list": { run: list, tier: "t2", wantsTeam: true },
  "conversations.members": { run: members, tier: "t4" },
  "conversations.open": { run: openConversation, tier: "t3" },
  "usergroups.list": { run: usergroupsList, tier: "t2", wantsTeam: true },
  "usergroups.users.list": { run: usergroupsUsersList, tier: "t2", wantsTeam: true },
  "users.info": { run: usersInfo, tier: "t4" },
  "users.list": { run: usersList, tier: "t2", wantsTeam: true },
  "views.open": { run: open, tier: "t4" },
  "views.publish": { run: publish, tier: "t4" },
  "views.push": { run: push, tier: "t4" },
  "views.update": { run: update, tier: "t4" },
};

export function tierOf(method: string): Tier | undefined {
  const tables = [methods, tokenMethods, openMethods];
  const table = tables.find((one) => Object.hasOwn(one, method));
  return table?.[method]?.tier;
}

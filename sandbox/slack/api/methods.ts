import type { Method } from "./answer.ts";
import { deleteMessage, postEphemeral, postMessage, update as updateMessage } from "./chat.ts";
import { info, list, members, open as openConversation } from "./conversations.ts";
import {
  apiTest,
  authTest,
  botsInfo,
  teamInfo,
  usergroupsList,
  usergroupsUsersList,
  usersInfo,
  usersList,
} from "./people.ts";
import { open, publish, push, update } from "./views.ts";

/** Calls per minute, by Slack's tiers; `chat.postMessage` has a rule of its own per channel. */
export const tiers = { special: 60, t2: 20, t3: 50, t4: 100 } as const;

export const methods: Record<string, { run: Method; tier: keyof typeof tiers; open?: true }> = {
  "api.test": { run: apiTest, tier: "t4", open: true },
  "auth.test": { run: authTest, tier: "t4" },
  "bots.info": { run: botsInfo, tier: "t3" },
  "chat.delete": { run: deleteMessage, tier: "t3" },
  "chat.postEphemeral": { run: postEphemeral, tier: "t4" },
  "chat.postMessage": { run: postMessage, tier: "special" },
  "chat.update": { run: updateMessage, tier: "t3" },
  "conversations.info": { run: info, tier: "t3" },
  "conversations.list": { run: list, tier: "t2" },
  "conversations.members": { run: members, tier: "t4" },
  "conversations.open": { run: openConversation, tier: "t3" },
  "team.info": { run: teamInfo, tier: "t3" },
  "usergroups.list": { run: usergroupsList, tier: "t2" },
  "usergroups.users.list": { run: usergroupsUsersList, tier: "t2" },
  "users.info": { run: usersInfo, tier: "t4" },
  "users.list": { run: usersList, tier: "t2" },
  "views.open": { run: open, tier: "t4" },
  "views.publish": { run: publish, tier: "t4" },
  "views.push": { run: push, tier: "t4" },
  "views.update": { run: update, tier: "t4" },
};

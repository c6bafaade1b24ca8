import { memberOf } from "../find.ts";
import { botShape } from "../shapes/messages.ts";
import { groupShape, userShape } from "../shapes/people.ts";
import type { Workspace } from "../state.ts";
import {
  type Answer,
  flagArg,
  type Method,
  no,
  type OpenMethod,
  ok,
  pageOf,
  textArg,
} from "./answer.ts";

export const apiTest: OpenMethod = (args) => {
  const error = textArg(args, "error");
  return error ? no(error, { args }) : ok({ args });
};

export const botsInfo: Method = (args, workspace) =>
  textArg(args, "bot") === workspace.botId ? ok({ bot: botShape(workspace) }) : no("bot_not_found");

export const usersInfo: Method = (args, workspace) => {
  const person = memberOf(workspace, textArg(args, "user"));
  return person ? ok({ user: userShape(person, workspace) }) : no("user_not_found");
};

export const usersList: Method = (args, workspace) => {
  const page = pageOf(workspace.people, args);
  if (!page) return no("invalid_cursor");
  return ok({
    members: page.items.map((person) => userShape(person, workspace)),
    cache_ts: Math.floor(workspace.now().getTime() / 1000),
    response_metadata: { next_cursor: page.next },
  });
};

export const usergroupsList: Method = (args, workspace) =>
  withoutGroups(workspace) ??
  ok({
    usergroups: workspace.groups.map((group) => ({
      ...groupShape(group, workspace),
      ...(flagArg(args, "include_users") ? { users: group.users } : {}),
    })),
  });

/** https://docs.slack.dev/reference/methods/usergroups.list */
function withoutGroups({ rules }: Workspace): Answer | undefined {
  return rules.plan === "free" ? no("plan_upgrade_required") : undefined;
}

export const usergroupsUsersList: Method = (args, workspace) => {
  const refused = withoutGroups(workspace);
  if (refused) return refused;
  const group = workspace.groups.find((one) => one.id === textArg(args, "usergroup"));
  return group ? ok({ users: [...group.users] }) : no("no_such_subteam");
};

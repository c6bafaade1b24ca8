import { botShape } from "../shapes/messages.ts";
import { groupShape, userShape } from "../shapes/people.ts";
import { flagArg, type Method, no, ok, pageOf, textArg } from "./answer.ts";

export const apiTest: Method = (args) => {
  const error = textArg(args, "error");
  return error ? no(error, { args }) : ok({ args });
};

export const authTest: Method = (_args, workspace) =>
  ok({
    url: `https://${workspace.team.domain}.slack.com/`,
    team: workspace.team.name,
    user: "fermata",
    team_id: workspace.team.id,
    user_id: workspace.botUserId,
    bot_id: workspace.botId,
    is_enterprise_install: false,
  });

export const teamInfo: Method = (_args, workspace) =>
  ok({
    team: {
      ...workspace.team,
      url: `https://${workspace.team.domain}.slack.com/`,
      email_domain: "",
      icon: { image_default: true },
      avatar_base_url: "https://ca.slack-edge.com/",
      is_verified: false,
    },
  });

export const botsInfo: Method = (args, workspace) =>
  textArg(args, "bot") === workspace.botId ? ok({ bot: botShape(workspace) }) : no("bot_not_found");

export const usersInfo: Method = (args, workspace) => {
  const person = workspace.people.find((one) => one.id === textArg(args, "user"));
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
  ok({
    usergroups: workspace.groups.map((group) => ({
      ...groupShape(group, workspace),
      ...(flagArg(args, "include_users") ? { users: group.users } : {}),
    })),
  });

export const usergroupsUsersList: Method = (args, workspace) => {
  const group = workspace.groups.find((one) => one.id === textArg(args, "usergroup"));
  return group ? ok({ users: [...group.users] }) : no("no_such_subteam");
};

import { memberOf } from "../find.ts";
import { type Install, isOrgWide } from "../installs.ts";
import type { Platform } from "../platform.ts";
import type { Workspace } from "../state.ts";
import { type Answer, type Args, complaint, no, textArg } from "./answer.ts";
import { methods } from "./methods.ts";

/**
 * The workspace a call is about. An organisation's token reaches only the workspaces it was given,
 * and must name one unless what it speaks of is in one.
 */
export function workspaceFor(
  install: Install,
  method: string,
  args: Args,
  platform: Platform,
): Workspace | Answer {
  const all = platform.workspaces.filter(
    ({ team, enterprise }) => team.id === install.home || enterprise?.id === install.home,
  );
  const reached = all.filter(({ team }) => install.teams.includes(team.id));
  if (!isOrgWide(install)) return reached[0] ?? no("invalid_auth");
  const named = textArg(args, "team_id");
  if (named) return reached.find(({ team }) => team.id === named) ?? no("team_access_not_granted");
  if (methods[method]?.wantsTeam)
    return complaint("missing_argument", ["missing required field: team_id [json-pointer:/]"]);
  const holding = all.filter((workspace) => holds(workspace, args));
  const found = holding.find((workspace) => reached.includes(workspace));
  return found ?? (holding.length ? undefined : reached[0]) ?? no("team_access_not_granted");
}

/** Whether what the call speaks of is in this workspace; people are at home in one only. */
function holds(workspace: Workspace, args: Args): boolean {
  const said = (name: string) => textArg(args, name);
  const channel = said("channel");
  const person = memberOf(workspace, said("user") || said("user_id") || said("users") || channel);
  return (
    workspace.channels.some((one) => one.id === channel) ||
    workspace.triggers.has(said("trigger_id")) ||
    workspace.views.some((one) => one.id === said("view_id")) ||
    [...workspace.homes.values()].some((one) => one.id === said("view_id")) ||
    person?.teamId === workspace.team.id
  );
}

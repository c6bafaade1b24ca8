import type { Finding } from "../../domain/finding.ts";
import { groupsNamed } from "../../domain/rights.ts";
import { loadPolicy } from "../../flows/load-policy.ts";
import type { World } from "../../world.ts";
import { slackErrorOf } from "../troubles.ts";
import type { SlackWeb } from "../web.ts";
import { whyNot } from "./why-not.ts";

/** Whether every user group that the policy names can be read, asked of Slack one after the other. */
export async function examineGroups(
  { world, web }: { world: World; web: SlackWeb },
  workspace: string,
): Promise<Finding[]> {
  const { policy } = await loadPolicy(world, workspace);
  const findings: Finding[] = [];
  for (const group of groupsNamed(policy)) findings.push(await examineGroup(web, workspace, group));
  return findings;
}

async function examineGroup(web: SlackWeb, workspace: string, group: string): Promise<Finding> {
  const about = { what: "user group", workspace };
  try {
    const client = await web.client(workspace);
    const { users = [] } = await client.usergroups.users.list({ usergroup: group });
    const count = users.length === 1 ? "1 member" : `${users.length} members`;
    return users.length > 0
      ? { ...about, ok: true, sentence: `The user group ${group} can be read: ${count}.` }
      : { ...about, ok: false, sentence: `The user group ${group} has no members. ${useless}` };
  } catch (error) {
    const reason = slackErrorOf(error) ?? "";
    const why = remedies.get(reason) ?? whyNot(error);
    return {
      ...about,
      ok: false,
      sentence: `The user group ${group} could not be read. ${why} ${useless}`,
    };
  }
}

const useless = "Rules of the policy that name it let nobody in for it.";
const remedies = new Map([
  ["plan_upgrade_required", "User groups need a paid plan of Slack."],
  ["missing_scope", "The scope usergroups:read is missing: install Fermata again."],
  ["no_such_subteam", "There is no such group. Take it out of the policy."],
]);

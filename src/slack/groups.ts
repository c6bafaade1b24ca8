import { type SlackWeb, slackErrorOf } from "./web.ts";

export type MembersOf = (workspace: string, group: string) => Promise<ReadonlySet<string>>;

const memoryMs = 60_000;

/** `usergroups.users.list` allows about twenty calls a minute, so an answer serves for one. */
export function rememberedGroups(web: SlackWeb, now: () => Date): MembersOf {
  const memory = new Map<string, { until: number; members: Promise<ReadonlySet<string>> }>();
  return (workspace, group) => {
    const key = `${workspace}/${group}`;
    const known = memory.get(key);
    if (known && known.until > now().getTime()) return known.members;
    const members = readMembers(web, workspace, group);
    memory.set(key, { until: now().getTime() + memoryMs, members });
    members.catch(() => memory.delete(key));
    return members;
  };
}

/** A group that is not there has no members; any other failure leaves open who they are. */
async function readMembers(web: SlackWeb, workspace: string, group: string) {
  try {
    const client = await web.client(workspace);
    const answer = await client.usergroups.users.list({ usergroup: group });
    return new Set(answer.users ?? []);
  } catch (error) {
    if (slackErrorOf(error) === "no_such_subteam") return new Set<string>();
    throw error;
  }
}

import { slackErrorOf } from "./troubles.ts";
import type { SlackWeb } from "./web.ts";

export type MembersOf = (workspace: string, group: string) => Promise<ReadonlySet<string>>;

const minuteMs = 60_000;
/** Of the twenty calls a minute that Slack allows a workspace, some are left for retries. */
const mostReadsAMinute = 15;
/** A bound for the memory of a bot in very many workspaces. */
const mostRemembered = 5_000;

interface Remembered {
  workspace: string;
  readAt: number;
  members: Promise<ReadonlySet<string>>;
}

/**
 * `usergroups.users.list` allows about twenty calls a minute and workspace, so an answer serves for a minute, and for
 * longer where a policy names more than fifteen groups.
 */
export function rememberedGroups(web: SlackWeb, now: () => Date): MembersOf {
  const memory = new Map<string, Remembered>();
  return (workspace, group) => {
    const key = `${workspace}/${group}`;
    const known = memory.get(key);
    const at = now().getTime();
    if (known && at - known.readAt < memoryMs(memory, workspace)) return known.members;
    const members = readMembers(web, workspace, group);
    const read = { workspace, readAt: at, members };
    memory.delete(key);
    memory.set(key, read);
    const [oldest] = memory.keys();
    if (memory.size > mostRemembered && oldest !== undefined) memory.delete(oldest);
    members.catch(() => {
      if (memory.get(key) === read) memory.delete(key);
    });
    return members;
  };
}

function memoryMs(memory: ReadonlyMap<string, Remembered>, workspace: string): number {
  const groups = [...memory.values()].filter((one) => one.workspace === workspace).length;
  return Math.max(1, groups / mostReadsAMinute) * minuteMs;
}

/** A group that is not there has no members; any other failure leaves open who they are. */
async function readMembers(web: SlackWeb, workspace: string, group: string) {
  try {
    const client = await web.client(workspace);
    const answer = await client.usergroups.users.list({ usergroup: group });
    if (!Array.isArray(answer.users)) throw new Error("no list of members");
    return new Set(answer.users);
  } catch (error) {
    if (slackErrorOf(error) === "no_such_subteam") return new Set<string>();
    throw error;
  }
}

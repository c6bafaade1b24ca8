import { createMemories, type Memories } from "../domain/memories.ts";
import { rest } from "../waiting.ts";
import { HeldBack, isPassing, slackErrorOf } from "./troubles.ts";
import type { SlackWeb } from "./web.ts";

type Members = ReadonlySet<string>;

/** Who is in a user group. Both throw where Slack does not say. */
export interface Groups {
  /** A moment that a later read is compared with. */
  moment(): number;
  /** For a decision: read after the moment at which it was asked for; all decisions of one moment share a read. */
  fresh(workspace: string, group: string, since: number): Promise<Members>;
  /** For a look: from a minute ago at most, and for longer where many groups are looked at. */
  remembered(workspace: string, group: string): Promise<Members>;
  /** Slack has told us that its members are others now. */
  forget(workspace: string, group: string): void;
}

const minuteMs = 60_000;
/** `usergroups.users.list` allows about twenty calls a minute and workspace. Looks leave most of them to decisions. */
const mostReads = 18;
const mostLooks = 8;
/** How long a decision waits for its turn. */
const longestWaitMs = 5_000;
const longestMemoryMs = 3_600_000;
/** A bound for the memory of a bot in very many workspaces. */
const mostRemembered = 5_000;

interface Read {
  begun: number;
  at: number;
  members: Promise<Members>;
}

export function createGroups(
  web: SlackWeb,
  now: () => Date,
  memories: Memories = createMemories(now),
): Groups {
  const memory = memories.open<Read>({ ms: longestMemoryMs, most: mostRemembered });
  const next = new Map<string, Promise<Members>>();
  const quota = createQuota(now, memories);
  let moments = 0;
  const moment = () => {
    moments += 1;
    return moments;
  };

  function begin(workspace: string, group: string): Promise<Members> {
    const members = readMembers(web, workspace, group);
    const read = { begun: moment(), at: now().getTime(), members };
    memory.set(workspace, group, read);
    members.catch(() => {
      if (memory.get(workspace, group) === read) memory.delete(workspace, group);
    });
    return members;
  }

  async function inTurn(workspace: string, group: string): Promise<Members> {
    let waited = 0;
    for (let wait = quota.waitMs(workspace); wait > 0; wait = quota.waitMs(workspace)) {
      waited += wait;
      if (waited > longestWaitMs) throw new HeldBack(wait);
      await rest(wait);
    }
    next.delete(keyOf(workspace, group));
    quota.spend(workspace, "decision");
    return begin(workspace, group);
  }

  return {
    moment,
    fresh(workspace, group, since) {
      const key = keyOf(workspace, group);
      const last = memory.get(workspace, group);
      if (last && last.begun > since) return last.members;
      const shared = next.get(key);
      if (shared) return shared;
      const coming = inTurn(workspace, group).finally(() => {
        if (next.get(key) === coming) next.delete(key);
      });
      // Begun at once where nothing is waited for; else whoever comes meanwhile shares it.
      if (memory.get(workspace, group) === last) next.set(key, coming);
      return coming;
    },
    async remembered(workspace, group) {
      const last = memory.get(workspace, group);
      const at = now().getTime();
      if (last && at - last.at < memoryMs(memory.count(workspace))) return last.members;
      if (!quota.spend(workspace, "look")) throw new HeldBack(minuteMs);
      return begin(workspace, group);
    },
    forget: (workspace, group) => void memory.delete(workspace, group),
  };
}

function keyOf(workspace: string, group: string): string {
  return `${workspace}/${group}`;
}

function memoryMs(groups: number): number {
  return Math.max(1, groups / mostLooks) * minuteMs;
}

type Purpose = "decision" | "look";

function createQuota(now: () => Date, memories: Memories) {
  const spent = memories.open<{ at: number; purpose: Purpose }[]>({
    ms: minuteMs,
    most: mostRemembered,
  });
  const lately = (workspace: string) => {
    const at = now().getTime();
    return (spent.get(workspace, "") ?? []).filter((one) => Math.abs(at - one.at) < minuteMs);
  };
  return {
    /** Until a decision may read. */
    waitMs(workspace: string): number {
      const [first, ...others] = lately(workspace);
      if (!first || others.length + 1 < mostReads) return 0;
      return Math.max(1, first.at + minuteMs - now().getTime());
    },
    /** False where a look would take what is left for decisions. */
    spend(workspace: string, purpose: Purpose): boolean {
      const all = lately(workspace);
      const looks = all.filter((one) => one.purpose === "look").length;
      if (purpose === "look" && (looks >= mostLooks || all.length >= mostReads)) return false;
      spent.set(workspace, "", [...all, { at: now().getTime(), purpose }]);
      return true;
    },
  };
}

/** A group that is not there has no members; any other failure leaves open who they are. */
async function readMembers(web: SlackWeb, workspace: string, group: string): Promise<Members> {
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

/** Slack will not say who is in the group, today or in a minute: our rights or the workspace's plan do not allow it. */
export function isUnreadable(error: unknown): boolean {
  return slackErrorOf(error) !== undefined && !isPassing(error);
}

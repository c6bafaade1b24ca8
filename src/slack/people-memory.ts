import type { Person } from "../domain/person.ts";
import { type Facts, forgetPerson, knownPerson, rememberPerson } from "../store/known-people.ts";
import type { World } from "../world.ts";

/** Who people were when Slack last said it, kept so that a restart does not forget. */
export interface PeopleMemory {
  remember(workspace: string, person: Person): Promise<void>;
  /** Who somebody was, a day ago at most. */
  recall(workspace: string, id: string): Promise<{ person: Facts; seenAt: Date } | undefined>;
  forget(workspace: string, id: string): Promise<void>;
}

const dayMs = 24 * 3_600_000;
/** What has not changed is written down again after so long. */
const anewAfterMs = 10 * 60_000;
/** A bound for the memory of a bot in very many workspaces. */
const mostWritten = 5_000;

export function createPeopleMemory({
  store,
  now,
  log,
  memories,
}: Pick<World, "store" | "now" | "log" | "memories">): PeopleMemory {
  const written = memories.open<string>({ ms: anewAfterMs, most: mostWritten });
  const recall: PeopleMemory["recall"] = async (workspace, id) => {
    const known = await store.read((q) => knownPerson(q, workspace, id));
    if (!known || !isRecent(known.seenAt.getTime(), now())) return undefined;
    return { ...known, person: withRecentGroups(known.person, now()) };
  };
  return {
    recall,
    async remember(workspace, person) {
      const mark = JSON.stringify(person);
      if (written.get(workspace, person.id) === mark) return;
      written.set(workspace, person.id, mark);
      try {
        const known = await recall(workspace, person.id);
        const facts = factsOf(person, known?.person, now());
        await store.write((q) => rememberPerson(q, workspace, { person: facts, seenAt: now() }));
      } catch (error) {
        // Nothing that was asked for depends on it.
        written.delete(workspace, person.id);
        log.warn("who somebody is could not be written down", { workspace, error });
      }
    },
    async forget(workspace, id) {
      written.delete(workspace, id);
      await store.write((q) => forgetPerson(q, workspace, id));
    },
  };
}

function isRecent(at: number, now: Date): boolean {
  return Math.abs(now.getTime() - at) <= dayMs;
}

/** What of their groups was read a day ago at most. */
function withRecentGroups(facts: Facts, now: Date): Facts {
  const recent = ([, at]: [string, number]) => isRecent(at, now);
  const readAt = Object.fromEntries(Object.entries(facts.readAt ?? {}).filter(recent));
  const still = (list: readonly string[] = []) => list.filter((group) => group in readAt);
  return { ...facts, groups: still(facts.groups), notIn: still(facts.notIn), readAt };
}

/** One decision reads the groups that it needs; those that another has read stay as they were. */
function factsOf(person: Person, earlier: Facts | undefined, now: Date): Facts {
  const read = [...person.groups, ...(person.notIn ?? [])];
  const left = (list: readonly string[] = []) => list.filter((group) => !read.includes(group));
  const { unread: _unread, ...rest } = person;
  return {
    ...rest,
    groups: [...person.groups, ...left(earlier?.groups)],
    notIn: [...(person.notIn ?? []), ...left(earlier?.notIn)],
    readAt: {
      ...earlier?.readAt,
      ...Object.fromEntries(read.map((group) => [group, now.getTime()])),
    },
  };
}

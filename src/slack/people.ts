import type { Memories } from "../domain/memories.ts";
import type { Person } from "../domain/person.ts";
import { inTime } from "../waiting.ts";
import { createGroups, isUnreadable } from "./groups.ts";
import { namedIn } from "./operator-admins.ts";
import type { PeopleMemory } from "./people-memory.ts";
import { createProfiles, notThere } from "./profiles.ts";
import { personOf } from "./slack-user.ts";
import { isPassing, slackErrorOf, waitAskedFor } from "./troubles.ts";
import type { SlackWeb } from "./web.ts";

/** Slack could not say who this is, so nobody may act on it; `reason` is for the log. */
export interface Unverifiable {
  kind: "unverifiable";
  sentence: string;
  reason: string;
  /** Slack may say it later. */
  passing: boolean;
  /** Who they were when Slack last said it, a day ago at most: good enough to stop something, and for nothing else. */
  lastKnown?: { person: Person; seenAt: Date };
}

/** There is nobody of that id for us, today or later. */
export function isNobody({ reason }: Pick<Unverifiable, "reason">): boolean {
  return notThere.has(reason);
}

/** Somebody whom Slack knows no more: they may nothing, and what was theirs is refused in words. */
export function nobodyAnyMore(id: string): Person {
  return { id, kind: "deactivated", admin: false, groups: [], zone: "UTC" };
}

type Who = { kind: "person"; person: Person } | Unverifiable;

/** What has to be known of somebody. */
interface Needed {
  admins: readonly string[];
  /** The user groups on which it hangs. */
  groups: readonly string[];
  /** When the decision was asked for that hangs on it: groups are read after that. Left out: from now on. */
  since?: number;
  /** Nothing is decided by it: groups may be remembered. */
  look?: boolean;
  /** It decides nothing and shows no more than what they may see: who they were a minute ago serves. */
  glance?: boolean;
  /** Something is to be stopped: not waited for long where they are known, and groups that cannot be read are as they were. */
  stopping?: boolean;
}

export interface People {
  /** A fresh look at Slack. */
  know(workspace: string, userId: string, needed: Needed): Promise<Who>;
  /** Somebody who was looked up just now, with these groups read too. */
  withGroups(workspace: string, person: Person, needed: Omit<Needed, "admins">): Promise<Person>;
  /** The moment from which on a group has to be read for a decision that is asked for now. */
  moment(): number;
  /**
   * Ids of a user group's members; undefined where Slack could not say just now, "unreadable" where it never will.
   */
  members(workspace: string, group: string): Promise<readonly string[] | "unreadable" | undefined>;
  /** Slack has told us that the members of a group are others now. */
  forgetGroup(workspace: string, group: string): void;
}

/** How long a look at Slack may take before it counts as no answer. */
const answerWithinMs = 5_000;
/** How long it may take where something is to be stopped by somebody we know. */
const stopWithinMs = 1_500;

/** Who may act is decided here and nowhere else: channel membership grants nothing. */
export function createPeople(options: {
  web: SlackWeb;
  /** Admins named by the operator, besides Slack's own and the policy's. */
  admins: readonly string[];
  now(): Date;
  /** Who people were when Slack last said it; nobody is remembered if left out. */
  memory?: PeopleMemory;
  memories?: Memories;
}): People {
  const { web, memory } = options;
  const groups = createGroups(web, options.now, options.memories);

  const profiles = createProfiles(web, options.now, options.memories);

  async function ask(workspace: string, userId: string, { admins, glance = false }: Needed) {
    const said = await profiles.of(workspace, userId, glance);
    if (typeof said === "string") return said;
    return personOf(said, {
      workspace,
      admins: [...namedIn(options.admins, workspace), ...admins],
    });
  }

  /** Whether they are in a group; undefined where Slack does not say. */
  async function isIn(
    workspace: string,
    ids: readonly string[],
    group: string,
    since: number | undefined,
    withinMs: number,
  ): Promise<boolean | undefined> {
    const reading =
      since === undefined
        ? groups.remembered(workspace, group)
        : groups.fresh(workspace, group, since);
    const members = await inTime(reading, withinMs).catch(() => undefined);
    return members && ids.some((id) => members.has(id));
  }

  async function withGroups(
    workspace: string,
    person: Omit<Person, "groups">,
    { groups: wanted, since, look, stopping }: Omit<Needed, "admins">,
  ): Promise<Person> {
    const ids = [person.id, ...(person.otherIds ?? [])];
    const moment = look ? undefined : (since ?? groups.moment());
    const known = stopping ? await memory?.recall(workspace, person.id) : undefined;
    const withinMs = known ? stopWithinMs : answerWithinMs;
    const found = await Promise.all(
      wanted.map(async (group) => {
        const said = await isIn(workspace, ids, group, moment, withinMs);
        return [group, said ?? wasIn(known?.person, group)] as const;
      }),
    );
    const those = (answer: boolean | undefined) =>
      found.filter(([, said]) => said === answer).map(([group]) => group);
    const unread = those(undefined);
    const { unread: _before, ...rest } = person;
    return {
      ...rest,
      groups: those(true),
      notIn: those(false),
      ...(unread.length > 0 && { unread }),
    };
  }

  return {
    moment: groups.moment,
    forgetGroup: groups.forget,
    withGroups,
    async know(workspace, userId, needed) {
      const since = needed.since ?? groups.moment();
      const last = needed.stopping ? await memory?.recall(workspace, userId) : undefined;
      try {
        const asking = ask(workspace, userId, needed);
        const said =
          (await inTime(asking, last ? stopWithinMs : answerWithinMs)) ?? "no answer in time";
        if (typeof said === "string") throw new Error(said);
        const person = await withGroups(workspace, said, { ...needed, since });
        await memory?.remember(workspace, person);
        return { kind: "person", person };
      } catch (error) {
        return unverifiable(error, workspace, userId, memory);
      }
    },
    async members(workspace, group) {
      try {
        return [...(await groups.fresh(workspace, group, groups.moment()))];
      } catch (error) {
        return isUnreadable(error) ? "unreadable" : undefined;
      }
    },
  };
}

function wasIn(person: Person | undefined, group: string): boolean | undefined {
  if (person?.groups.includes(group)) return true;
  return person?.notIn?.includes(group) ? false : undefined;
}

async function unverifiable(
  error: unknown,
  workspace: string,
  userId: string,
  memory: PeopleMemory | undefined,
): Promise<Unverifiable> {
  const said = slackErrorOf(error);
  const reason = said ?? (error instanceof Error ? error.message : "no answer");
  const nobody = isNobody({ reason });
  if (nobody) await memory?.forget(workspace, userId);
  const lastKnown = nobody ? undefined : await memory?.recall(workspace, userId);
  const held = waitAskedFor(error) !== undefined;
  return {
    kind: "unverifiable",
    sentence:
      "Slack could not tell us who you are just now, so nothing was done. Please try again in a minute.",
    reason,
    passing: !nobody && (held || said === undefined || isPassing(error)),
    ...(lastKnown && { lastKnown }),
  };
}

import { z } from "zod";
import type { Person, PersonKind } from "../domain/person.ts";
import type { SlackWeb } from "./web.ts";

const slackUser = z.object({
  id: z.string(),
  team_id: z.string().optional(),
  deleted: z.boolean().optional(),
  is_bot: z.boolean().optional(),
  is_admin: z.boolean().optional(),
  is_owner: z.boolean().optional(),
  is_primary_owner: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
  tz: z.string().optional(),
  enterprise_user: z.object({ id: z.string(), teams: z.array(z.string()).optional() }).optional(),
});
type SlackUser = z.infer<typeof slackUser>;

export type Known =
  | { kind: "person"; person: Person }
  /** Slack could not say who this is, so nobody may act on it. */
  | { kind: "unverifiable"; sentence: string };

export interface People {
  /** A fresh look at Slack; `groups` are the user groups whose members matter now. */
  know(
    workspace: string,
    userId: string,
    policy: { admins: readonly string[]; groups: readonly string[] },
  ): Promise<Known>;
}

const unverifiable: Known = {
  kind: "unverifiable",
  sentence:
    "Slack could not tell us who you are just now, so nothing was done. Please try again in a minute.",
};

const groupMemoryMs = 60_000;

/** Who may act is decided here and nowhere else: channel membership grants nothing. */
export function createPeople(options: {
  web: SlackWeb;
  admins: readonly string[];
  now(): Date;
}): People {
  const membersOf = rememberedGroups(options.web, options.now);
  return {
    async know(workspace, userId, policy) {
      try {
        const answer = await options.web.client(workspace).users.info({ user: userId });
        const parsed = slackUser.safeParse(answer.user);
        if (!parsed.success) return unverifiable;
        const user = parsed.data;
        const id = user.enterprise_user?.id ?? user.id;
        const ids = [id, user.id];
        const kind = kindOf(user, workspace);
        const named = [...options.admins, ...policy.admins].some((admin) => ids.includes(admin));
        const admin = isSlackAdmin(user) || named;
        const groups = await groupsOf(ids, workspace, policy.groups, membersOf);
        const person = {
          id,
          kind,
          admin: admin && kind === "member",
          groups,
          zone: user.tz ?? "UTC",
        };
        return { kind: "person", person };
      } catch {
        return unverifiable;
      }
    },
  };
}

function kindOf(user: SlackUser, workspace: string): PersonKind {
  if (user.deleted) return "deactivated";
  if (user.is_bot) return "bot";
  const atHome =
    user.team_id === undefined ||
    user.team_id === workspace ||
    (user.enterprise_user?.teams ?? []).includes(workspace);
  if (user.is_stranger || !atHome) return "stranger";
  return user.is_restricted || user.is_ultra_restricted ? "guest" : "member";
}

function isSlackAdmin(user: SlackUser): boolean {
  return Boolean(user.is_admin || user.is_owner || user.is_primary_owner);
}

type MembersOf = (workspace: string, group: string) => Promise<ReadonlySet<string>>;

async function groupsOf(
  ids: readonly string[],
  workspace: string,
  groups: readonly string[],
  membersOf: MembersOf,
): Promise<string[]> {
  const found = await Promise.all(
    groups.map(async (group) => {
      const members = await membersOf(workspace, group);
      return ids.some((id) => members.has(id));
    }),
  );
  return groups.filter((_, index) => found[index]);
}

/** `usergroups.users.list` allows about twenty calls a minute, so an answer serves for one. */
function rememberedGroups(web: SlackWeb, now: () => Date): MembersOf {
  const memory = new Map<string, { until: number; members: Promise<ReadonlySet<string>> }>();
  return (workspace, group) => {
    const key = `${workspace}/${group}`;
    const known = memory.get(key);
    if (known && known.until > now().getTime()) return known.members;
    const members = web
      .client(workspace)
      .usergroups.users.list({ usergroup: group })
      .then((answer) => new Set(answer.users ?? []));
    memory.set(key, { until: now().getTime() + groupMemoryMs, members });
    members.catch(() => memory.delete(key));
    return members;
  };
}

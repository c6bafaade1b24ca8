import { z } from "zod";
import type { Person, PersonKind } from "../domain/person.ts";
import { type MembersOf, rememberedGroups } from "./groups.ts";
import { slackErrorOf } from "./troubles.ts";
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

/** Slack could not say who this is, so nobody may act on it; `reason` is for the log. */
export interface Unverifiable {
  kind: "unverifiable";
  sentence: string;
  reason: string;
}

/** Slack's words for somebody who is not there, or not for us. */
const notThere = new Set(["user_not_found", "user_not_visible", "users_not_found"]);

/** There is nobody of that id for us, today or later. */
export function isNobody({ reason }: Unverifiable): boolean {
  return notThere.has(reason);
}

export interface People {
  /** A fresh look at Slack; `groups` are the user groups whose members matter now. */
  know(
    workspace: string,
    userId: string,
    policy: { admins: readonly string[]; groups: readonly string[] },
  ): Promise<{ kind: "person"; person: Person } | Unverifiable>;
  /** Ids of a user group's members, from a minute ago at most; undefined where Slack could not say. */
  members(workspace: string, group: string): Promise<readonly string[] | undefined>;
}

/** Who may act is decided here and nowhere else: channel membership grants nothing. */
export function createPeople(options: {
  web: SlackWeb;
  /** Admins named by the operator, besides Slack's own and the policy's. */
  admins: readonly string[];
  now(): Date;
}): People {
  const membersOf = rememberedGroups(options.web, options.now);
  return {
    async know(workspace, userId, policy) {
      try {
        const client = await options.web.client(workspace);
        const answer = await client.users.info({ user: userId });
        const parsed = slackUser.safeParse(answer.user);
        if (!parsed.success) return unverifiable("an answer of another shape");
        const ids = idsOf(parsed.data);
        if (!ids.includes(userId) && !parsed.data.enterprise_user)
          return unverifiable("an answer about somebody else");
        const groups = await groupsOf(ids, workspace, policy.groups, membersOf);
        const admins = [...options.admins, ...policy.admins];
        return { kind: "person", person: personOf(parsed.data, { workspace, admins, groups }) };
      } catch (error) {
        return unverifiable(slackErrorOf(error) ?? "no answer");
      }
    },
    members: (workspace, group) =>
      membersOf(workspace, group).then(
        (ids) => [...ids],
        () => undefined,
      ),
  };
}

function unverifiable(reason: string): Unverifiable {
  return {
    kind: "unverifiable",
    sentence:
      "Slack could not tell us who you are just now, so nothing was done. Please try again in a minute.",
    reason,
  };
}

function personOf(
  user: SlackUser,
  known: { workspace: string; admins: readonly string[]; groups: readonly string[] },
): Person {
  const ids = idsOf(user);
  const kind = kindOf(user, known.workspace);
  const named = known.admins.some((admin) => ids.includes(admin));
  return {
    id: ids[0],
    otherIds: ids.slice(1),
    kind,
    admin: kind === "member" && (named || isSlackAdmin(user)),
    groups: known.groups,
    zone: user.tz ?? "UTC",
  };
}

/** The canonical id first: on a Grid one person has an id of the organisation and one per workspace. */
function idsOf({ id, enterprise_user }: SlackUser): [string, ...string[]] {
  const canonical = enterprise_user?.id ?? id;
  return canonical === id ? [id] : [canonical, id];
}

function kindOf(user: SlackUser, workspace: string): PersonKind {
  if (user.deleted) return "deactivated";
  if (user.is_bot) return "bot";
  if (user.is_stranger || !isAtHome(user, workspace)) return "stranger";
  return user.is_restricted || user.is_ultra_restricted ? "guest" : "member";
}

/** On a Grid `team_id` may be that of a sister workspace or missing; there the list of teams decides. */
function isAtHome({ team_id, enterprise_user }: SlackUser, workspace: string): boolean {
  return team_id === workspace || (enterprise_user?.teams ?? []).includes(workspace);
}

function isSlackAdmin(user: SlackUser): boolean {
  return Boolean(user.is_admin || user.is_owner || user.is_primary_owner);
}

async function groupsOf(
  ids: readonly string[],
  workspace: string,
  groups: readonly string[],
  membersOf: MembersOf,
): Promise<string[]> {
  const members = await Promise.all(groups.map((group) => membersOf(workspace, group)));
  return groups.filter((_, index) => ids.some((id) => members[index]?.has(id)));
}

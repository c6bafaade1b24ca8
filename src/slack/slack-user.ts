import { z } from "zod";
import type { Person, PersonKind } from "../domain/person.ts";
import { absentIfNull, ornament } from "./shapes.ts";

/** What takes rights away: of another type than Slack documents it makes the whole answer unreadable. */
const bar = absentIfNull(z.boolean());
/** What gives rights: of another type it gives none. */
const grant = ornament(z.boolean());

export const slackUser = z.object({
  id: z.string().min(1),
  team_id: ornament(z.string()),
  deleted: bar,
  is_bot: bar,
  is_admin: grant,
  is_owner: grant,
  is_primary_owner: grant,
  is_restricted: bar,
  is_ultra_restricted: bar,
  is_stranger: bar,
  tz: ornament(z.string()),
  tz_offset: ornament(z.number().int()),
  // Who somebody is hangs on it: two ids of one person must never count as two people.
  enterprise_user: absentIfNull(
    z.object({ id: z.string().min(1), teams: absentIfNull(z.array(z.string())) }),
  ),
});
export type SlackUser = z.infer<typeof slackUser>;

/** The person of an answer, as far as it does not take their user groups. */
export function personOf(
  user: SlackUser,
  { workspace, admins }: { workspace: string; admins: readonly string[] },
): Omit<Person, "groups"> {
  const [id, ...otherIds] = idsOf(user);
  const kind = kindOf(user, workspace);
  const named = admins.some((admin) => admin === id || otherIds.includes(admin));
  const admin = kind === "member" && (named || isSlackAdmin(user));
  return { id, otherIds, kind, admin, ...zoneOf(user) };
}

/** The canonical id first: on a Grid one person has an id of the organisation and one per workspace. */
export function idsOf({ id, enterprise_user }: SlackUser): [string, ...string[]] {
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

/** Their zone, or where it cannot be read the offset that Slack gives for today, or else UTC. */
function zoneOf({ tz, tz_offset }: SlackUser): Pick<Person, "zone" | "zoneGuessed"> {
  if (tz !== undefined && isZone(tz)) return { zone: tz };
  const minutes = Math.round((tz_offset ?? 0) / 60);
  if (tz_offset === undefined || Math.abs(minutes) > 18 * 60)
    return { zone: "UTC", zoneGuessed: true };
  const size = Math.abs(minutes);
  const two = (count: number) => String(count).padStart(2, "0");
  const sign = minutes < 0 ? "-" : "+";
  return { zone: `${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`, zoneGuessed: true };
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}

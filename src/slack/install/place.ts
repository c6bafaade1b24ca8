import { z } from "zod";
import type { Place } from "./installs.ts";

const id = z.string().nullish().catch(undefined);
const named = z.object({ id }).nullish().catch(undefined);
const flag = z
  .union([z.literal(true), z.literal("true")])
  .optional()
  .catch(undefined);

/** The parts of a kept request that say where it comes from. */
const whereabouts = z.object({
  team_id: id,
  enterprise_id: id,
  is_enterprise_install: flag,
  authorizations: z
    .array(z.object({ enterprise_id: id, is_enterprise_install: flag }))
    .nullish()
    .catch(undefined),
  team: named,
  enterprise: named,
  user: z.object({ team_id: id }).nullish().catch(undefined),
  message: z.object({ team: id }).nullish().catch(undefined),
  view: z.object({ app_installed_team_id: id }).nullish().catch(undefined),
});

/**
 * Where something happened: in a view the workspace whose app it is, else where Slack says the app is, else where
 * our message stands. An organisation's install gets no more than the last two; then the person's own workspace
 * is taken, which decides what they see and nothing of what they may do. Undefined where Slack says nothing.
 */
export function placeOf(body: unknown): Place | undefined {
  const read = whereabouts.safeParse(body);
  if (!read.success) return undefined;
  const { team_id, team, user, message, view } = read.data;
  const organisation = organisationOf(read.data);
  const posted = organisation ? message?.team : undefined;
  const stated = [view?.app_installed_team_id, team_id, posted].find(isTeam);
  const workspace = stated ?? (isTeam(team?.id) ? team.id : undefined);
  const own = organisation && isTeam(user?.team_id) ? user.team_id : undefined;
  const where = workspace ?? own;
  if (!where) return undefined;
  return {
    workspace: where,
    ...(organisation ? { organisation } : {}),
    stated: stated !== undefined,
  };
}

/** An event says by its first authorization for whose install it is told. */
function organisationOf(read: z.infer<typeof whereabouts>): string | undefined {
  const { is_enterprise_install, enterprise, enterprise_id, authorizations } = read;
  if (is_enterprise_install) return enterprise?.id ?? enterprise_id ?? undefined;
  const [first] = authorizations ?? [];
  if (!first?.is_enterprise_install) return undefined;
  return first.enterprise_id ?? enterprise_id ?? undefined;
}

function isTeam(id: string | null | undefined): id is string {
  return id?.startsWith("T") ?? false;
}

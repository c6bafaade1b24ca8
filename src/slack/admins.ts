import { z } from "zod";
import { createMemories, type Memories } from "../domain/memories.ts";
import type { World } from "../world.ts";
import { namedIn } from "./operator-admins.ts";
import { comesBack, slackErrorOf } from "./troubles.ts";
import type { SlackWeb } from "./web.ts";

/** Whom Slack itself calls admins, for calling them; who may decide is looked up afresh. */
export interface Admins {
  /** Ids, those whom the operator names first. Throws where Slack cannot say just now. */
  of(workspace: string): Promise<string[]>;
}

const memoryMs = 10 * 60_000;
const perPage = 200;
const mostPages = 10;
const mostRemembered = 1_000;

const listShape = z.object({
  members: z.array(
    z.object({
      id: z.string(),
      deleted: z.boolean().nullish(),
      is_bot: z.boolean().nullish(),
      is_admin: z.boolean().nullish(),
      is_owner: z.boolean().nullish(),
    }),
  ),
  response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish(),
});

/** `users.list` allows about twenty calls a minute, so an answer serves for ten. */
export function createAdmins(options: {
  web: Pick<SlackWeb, "client">;
  admins: readonly string[];
  log: World["log"];
  now(): Date;
  memories?: Memories;
}): Admins {
  const { memories = createMemories(options.now) } = options;
  const memory = memories.open<string[]>({ ms: memoryMs, most: mostRemembered });
  return {
    async of(workspace) {
      const known = memory.get(workspace, "");
      if (known) return known;
      const ids = [
        ...new Set([...namedIn(options.admins, workspace), ...(await read(options, workspace))]),
      ];
      memory.set(workspace, "", ids);
      return ids;
    },
  };
}

/** As far as Slack lets us ask. */
async function read(
  { web, log }: { web: Pick<SlackWeb, "client">; log: World["log"] },
  workspace: string,
): Promise<string[]> {
  const client = await web.client(workspace);
  const found: string[] = [];
  let cursor = "";
  try {
    for (let page = 0; page < mostPages; page += 1) {
      const asked = { limit: perPage, ...(cursor && { cursor }) };
      const { members, response_metadata } = listShape.parse(await client.users.list(asked));
      const admins = members.filter((one) => (one.is_admin || one.is_owner) && !one.is_bot);
      found.push(...admins.filter(({ deleted }) => !deleted).map(({ id }) => id));
      cursor = response_metadata?.next_cursor ?? "";
      if (!cursor) break;
    }
    return found;
  } catch (error) {
    if (comesBack(error)) throw error;
    const reason = slackErrorOf(error) ?? "an answer of another shape";
    log.info("Slack does not say who its admins are", { workspace, reason });
    return found;
  }
}

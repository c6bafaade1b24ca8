import { z } from "zod";
import type { World } from "../world.ts";
import { comesBack, slackErrorOf } from "./troubles.ts";
import type { SlackWeb } from "./web.ts";

const perPage = 200;
const mostPages = 5;

const membersShape = z.object({
  members: z.array(z.string()),
  response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish(),
});

/** Who reads in a channel. */
export interface Readers {
  ids: readonly string[];
  /** Slack has not named everybody: there are more than a thousand, or we have no right to ask. */
  more?: boolean;
}

/** The members of a channel, as far as Slack names them. Throws where it cannot just now. */
export async function membersOf(
  web: Pick<SlackWeb, "client">,
  { log }: Pick<World, "log">,
  workspace: string,
  channel: string,
): Promise<Readers> {
  const ids: string[] = [];
  let cursor = "";
  try {
    const client = await web.client(workspace);
    for (let page = 0; page < mostPages; page += 1) {
      const asked = { channel, limit: perPage, ...(cursor && { cursor }) };
      const answer = membersShape.parse(await client.conversations.members(asked));
      ids.push(...answer.members);
      cursor = answer.response_metadata?.next_cursor ?? "";
      if (!cursor) return { ids };
    }
  } catch (error) {
    if (comesBack(error)) throw error;
    const reason = slackErrorOf(error) ?? "an answer of another shape";
    log.info("Slack does not say who is in a channel", { workspace, reason });
  }
  return { ids, more: true };
}

import { z } from "zod";
import { comesBack } from "./troubles.ts";
import type { SlackWeb } from "./web.ts";

const perPage = 200;
const mostPages = 5;

const membersShape = z.object({
  members: z.array(z.string()),
  response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish(),
});

/** The members of a channel, a thousand at most; nobody where Slack will not say. Throws where it cannot just now. */
export async function membersOf(
  web: Pick<SlackWeb, "client">,
  workspace: string,
  channel: string,
): Promise<string[]> {
  const found: string[] = [];
  let cursor = "";
  try {
    const client = await web.client(workspace);
    for (let page = 0; page < mostPages; page += 1) {
      const asked = { channel, limit: perPage, ...(cursor && { cursor }) };
      const answer = membersShape.parse(await client.conversations.members(asked));
      found.push(...answer.members);
      cursor = answer.response_metadata?.next_cursor ?? "";
      if (!cursor) break;
    }
  } catch (error) {
    if (comesBack(error)) throw error;
  }
  return found;
}

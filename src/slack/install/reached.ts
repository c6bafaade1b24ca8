import { WebClient } from "@slack/web-api";
import { z } from "zod";
import type { Secret } from "../../store/secret.ts";
import { comesBack, isEnded } from "../troubles.ts";
import { webOptions } from "../web.ts";

/** https://docs.slack.dev/reference/methods/auth.teams.list */
const answer = z.object({
  teams: z.array(z.object({ id: z.string() })),
  response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish(),
});
const mostPages = 50;

/** The workspaces that an organisation's token reaches; undefined where Slack does not say at all. Throws where it cannot say just now. */
export async function reachedBy(
  apiUrl: string,
  token: Secret,
): Promise<ReadonlySet<string> | undefined> {
  const client = new WebClient(token.reveal(), webOptions(apiUrl));
  const found = new Set<string>();
  let cursor = "";
  try {
    for (let page = 0; page < mostPages; page += 1) {
      const asked = { limit: 1000, ...(cursor && { cursor }) };
      const { teams, response_metadata } = answer.parse(await client.auth.teams.list(asked));
      for (const { id } of teams) found.add(id);
      cursor = response_metadata?.next_cursor ?? "";
      if (!cursor) break;
    }
    return found;
  } catch (error) {
    if (comesBack(error) && !isEnded(error)) throw error;
    return undefined;
  }
}

import { createMemories, type Memories } from "../domain/memories.ts";
import { idsOf, type SlackUser, slackUser } from "./slack-user.ts";
import { slackErrorOf } from "./troubles.ts";
import type { SlackWeb } from "./web.ts";

/** What Slack says of a person. */
export interface Profiles {
  /** Or why its answer cannot be used. A glance takes what was said a minute ago; anything else is asked afresh. Throws where Slack does not say. */
  of(workspace: string, userId: string, glance: boolean): Promise<SlackUser | string>;
}

/** Slack's words for somebody who is not there, or not for us. */
export const notThere: ReadonlySet<string> = new Set([
  "user_not_found",
  "user_not_visible",
  "users_not_found",
]);

const glanceMs = 60_000;
/** A bound for the memory of a bot in very many workspaces. */
const mostRemembered = 5_000;

export function createProfiles(
  web: Pick<SlackWeb, "client" | "look">,
  now: () => Date,
  memories: Memories = createMemories(now),
): Profiles {
  const memory = memories.open<Promise<SlackUser | string>>({ ms: glanceMs, most: mostRemembered });

  function remember(workspace: string, userId: string, said: Promise<SlackUser | string>) {
    memory.set(workspace, userId, said);
    const forget = () => {
      if (memory.get(workspace, userId) === said) memory.delete(workspace, userId);
    };
    said.then(
      (user) => {
        if (typeof user === "string") forget();
      },
      // That there is nobody is something that Slack has said.
      (error: unknown) => notThere.has(slackErrorOf(error) ?? "") || forget(),
    );
    return said;
  }

  async function ask(workspace: string, userId: string, glance: boolean) {
    const client = await web.client(workspace);
    const info = () => client.users.info({ user: userId });
    const answer = await (glance ? web.look(workspace, "users.info", info) : info());
    const parsed = slackUser.safeParse(answer.user);
    if (!parsed.success) return "an answer of another shape";
    if (!idsOf(parsed.data).includes(userId) && !parsed.data.enterprise_user)
      return "an answer about somebody else";
    return parsed.data;
  }

  return {
    of(workspace, userId, glance) {
      const last = glance ? memory.get(workspace, userId) : undefined;
      return last ?? remember(workspace, userId, ask(workspace, userId, glance));
    },
  };
}

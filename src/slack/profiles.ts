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

export function createProfiles(web: Pick<SlackWeb, "client" | "look">, now: () => Date): Profiles {
  const memory = new Map<string, { at: number; said: Promise<SlackUser | string> }>();

  const isRecent = (at: number) => Math.abs(now().getTime() - at) < glanceMs;

  function remember(key: string, said: Promise<SlackUser | string>): Promise<SlackUser | string> {
    const entry = { at: now().getTime(), said };
    memory.delete(key);
    memory.set(key, entry);
    // The oldest first: nothing of anybody is kept for longer than it serves.
    for (const [other, { at }] of memory) {
      if (memory.size <= mostRemembered && isRecent(at)) break;
      memory.delete(other);
    }
    const forget = () => void (memory.get(key) === entry && memory.delete(key));
    said.then(
      (user) => typeof user === "string" && forget(),
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
      const key = `${workspace}/${userId}`;
      const last = memory.get(key);
      if (glance && last && isRecent(last.at)) return last.said;
      return remember(key, ask(workspace, userId, glance));
    },
  };
}

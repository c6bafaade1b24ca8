import { idsOf, type SlackUser, slackUser } from "./slack-user.ts";
import type { SlackWeb } from "./web.ts";

/** What Slack says of a person. */
export interface Profiles {
  /** Or why its answer cannot be used. A glance takes what was said a minute ago; anything else is asked afresh. Throws where Slack does not say. */
  of(workspace: string, userId: string, glance: boolean): Promise<SlackUser | string>;
}

const glanceMs = 60_000;
/** A bound for the memory of a bot in very many workspaces. */
const mostRemembered = 5_000;

export function createProfiles(web: Pick<SlackWeb, "client" | "look">, now: () => Date): Profiles {
  const memory = new Map<string, { at: number; said: Promise<SlackUser | string> }>();

  function remember(key: string, said: Promise<SlackUser | string>): Promise<SlackUser | string> {
    const entry = { at: now().getTime(), said };
    memory.delete(key);
    memory.set(key, entry);
    const [oldest] = memory.keys();
    if (memory.size > mostRemembered && oldest !== undefined) memory.delete(oldest);
    const forget = () => memory.get(key) === entry && memory.delete(key);
    said.then((user) => typeof user === "string" && forget(), forget);
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
      if (glance && last && Math.abs(now().getTime() - last.at) < glanceMs) return last.said;
      return remember(key, ask(workspace, userId, glance));
    },
  };
}

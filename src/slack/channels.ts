import { z } from "zod";
import type { World } from "../world.ts";
import { absentIfNull } from "./shapes.ts";
import { isEnded, isPassing, slackErrorOf } from "./troubles.ts";
import type { SlackWeb } from "./web.ts";

/** Who can read along in a channel. */
export interface Channels {
  /**
   * Whether people of other organisations can, or will be able to once they accept; also where Slack will not say.
   * Throws where Slack cannot say just now, so that nothing is posted before it can.
   */
  isExternal(workspace: string, channel: string): Promise<boolean>;
  /** Slack has told us that it is shared from now on. */
  isShared(workspace: string, channel: string): void;
}

const memoryMs = 60_000;
/** A bound for the memory of a bot in very many channels. */
const mostRemembered = 5_000;

const channelShape = z.object({
  is_ext_shared: absentIfNull(z.boolean()),
  is_pending_ext_shared: absentIfNull(z.boolean()),
  pending_shared: absentIfNull(z.array(z.string())),
});

/** `conversations.info` allows about fifty calls a minute, so an answer serves for one. */
export function createChannels(web: SlackWeb, world: Pick<World, "now" | "log">): Channels {
  const memory = new Map<string, { until: number; external: boolean }>();
  const remember = (key: string, external: boolean) => {
    memory.delete(key);
    memory.set(key, { until: world.now().getTime() + memoryMs, external });
    const [oldest] = memory.keys();
    if (memory.size > mostRemembered && oldest !== undefined) memory.delete(oldest);
  };
  return {
    async isExternal(workspace, channel) {
      if (isDirect(channel)) return false;
      const key = `${workspace}/${channel}`;
      const known = memory.get(key);
      if (known && known.until > world.now().getTime()) return known.external;
      const asked = memory.get(key);
      const external = await ask(web, world, workspace, channel);
      // Slack's own word came while we were asking.
      if (memory.get(key) !== asked) return memory.get(key)?.external ?? external;
      remember(key, external);
      return external;
    },
    isShared: (workspace, channel) => remember(`${workspace}/${channel}`, true),
  };
}

/** Between the bot and one person. */
function isDirect(channel: string): boolean {
  return /^[DUW]/.test(channel);
}

async function ask(
  web: SlackWeb,
  { log }: Pick<World, "log">,
  workspace: string,
  channel: string,
): Promise<boolean> {
  const method = "conversations.info";
  web.turn({ workspace, method, place: channel, who: channel, importance: "card" });
  const client = await web.client(workspace);
  try {
    const answer = await client.conversations.info({ channel });
    const { is_ext_shared, is_pending_ext_shared, pending_shared } = channelShape.parse(
      answer.channel,
    );
    const pending = is_pending_ext_shared || (pending_shared ?? []).length > 0;
    return Boolean(is_ext_shared || pending);
  } catch (error) {
    const reason = slackErrorOf(error);
    // Whatever else Slack says of a channel is an answer.
    if (reason === undefined || isPassing(error) || isEnded(error)) throw error;
    log.info("Slack does not say who reads a channel, so it gets no names", { workspace, reason });
    return true;
  }
}

import { z } from "zod";
import { createMemories } from "../domain/memories.ts";
import type { World } from "../world.ts";
import { membersOf, type Readers } from "./readers.ts";
import { absentIfNull } from "./shapes.ts";
import { comesBack, slackErrorOf } from "./troubles.ts";
import type { SlackWeb } from "./web.ts";

/** Who can read along in a channel. */
export interface Channels {
  /**
   * Whether people of other organisations can, or will be able to once they accept; also where Slack will not say.
   * Throws where Slack cannot say just now, so that nothing is posted before it can.
   */
  isExternal(workspace: string, channel: string): Promise<boolean>;
  /** Who reads there beside us: everybody who looks, or these. Throws where Slack cannot say just now. */
  readers(workspace: string, channel: string): Promise<"everybody" | Readers>;
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
  is_private: absentIfNull(z.boolean()),
  is_im: absentIfNull(z.boolean()),
  is_mpim: absentIfNull(z.boolean()),
});

interface Seen {
  external: boolean;
  /** Everybody of the workspace may look into it; undefined where Slack has not said. */
  open?: boolean;
}

/** `conversations.info` allows about fifty calls a minute, so an answer serves for one. */
export function createChannels(
  web: SlackWeb,
  world: Pick<World, "now" | "log"> & Partial<Pick<World, "memories">>,
): Channels {
  const { memories = createMemories(world.now) } = world;
  const memory = memories.open<Seen>({ ms: memoryMs, most: mostRemembered });
  const see = async (workspace: string, channel: string): Promise<Seen> => {
    const known = memory.get(workspace, channel);
    if (known) return known;
    const seen = await ask(web, world, workspace, channel);
    // Slack's own word may have come while we were asking.
    const told = memory.get(workspace, channel);
    if (told) return told;
    memory.set(workspace, channel, seen);
    return seen;
  };
  return {
    async isExternal(workspace, channel) {
      return !isDirect(channel) && (await see(workspace, channel)).external;
    },
    async readers(workspace, channel) {
      if (isDirect(channel)) return { ids: [] };
      const { open } = await see(workspace, channel);
      return open ? "everybody" : membersOf(web, world, workspace, channel);
    },
    isShared: (workspace, channel) => memory.set(workspace, channel, { external: true }),
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
): Promise<Seen> {
  const turn = { workspace, method: "conversations.info", place: channel, who: channel } as const;
  try {
    const answer = await web.inTurn({ ...turn, importance: "card" }, async () => {
      const client = await web.client(workspace);
      return client.conversations.info({ channel });
    });
    const shape = channelShape.parse(answer.channel);
    const { is_ext_shared, is_pending_ext_shared, pending_shared } = shape;
    const pending = is_pending_ext_shared || (pending_shared ?? []).length > 0;
    const open = !shape.is_private && !shape.is_im && !shape.is_mpim;
    return { external: Boolean(is_ext_shared || pending), open };
  } catch (error) {
    const reason = slackErrorOf(error);
    // Whatever else Slack says of a channel is an answer.
    if (reason === undefined || comesBack(error)) throw error;
    log.info("Slack does not say who reads a channel, so it gets no names", { workspace, reason });
    return { external: true };
  }
}

import { newJob } from "../../queue/kinds.ts";
import { auditOf } from "../../store/audit.ts";
import { commit } from "../../store/commit.ts";
import type { Q } from "../../store/handle.ts";
import type { World } from "../../world.ts";
import { closedChannelNotice } from "../cards/closed-channel-notice.ts";
import { isClosed, isOurs, slackErrorOf } from "../troubles.ts";
import type { Voice } from "./in-thread.ts";
import { keeperOf } from "./keeper.ts";
import { postInTurn } from "./post.ts";

type Recording = Pick<World, "store" | "now" | "wake">;

interface ChannelKey {
  workspace: string;
  channel: string;
}

/** Puts on record that a channel is closed to us, and has whoever installed us told: once, however many cards it is for. */
export async function noteClosed(
  { store, now, wake }: Recording,
  { workspace, channel }: ChannelKey,
  error: unknown,
): Promise<void> {
  const reason = slackErrorOf(error) ?? "";
  // A direct message closes with its person.
  if (!/^[CG]/.test(channel)) return;
  await store.write(async (q) => {
    if (await isOnRecordAsClosed(q, workspace, channel)) return;
    const audit = [{ event: "channel_closed", subject: channel, detail: { reason } }];
    const jobs = [newJob("tell_closed", workspace, { channel, reason })];
    await commit(q, { workspace, at: now(), actor: "fermata", audit, jobs });
  });
  wake();
}

/** It has taken a card again, so that its next end is told again. */
export async function noteOpen(
  { store, now }: Pick<Recording, "store" | "now">,
  { workspace, channel }: ChannelKey,
): Promise<void> {
  if (!(await store.read((q) => isOnRecordAsClosed(q, workspace, channel)))) return;
  const audit = [{ event: "channel_open_again", subject: channel }];
  await store.write((q) => commit(q, { workspace, at: now(), actor: "fermata", audit }));
}

async function isOnRecordAsClosed(q: Q, workspace: string, channel: string): Promise<boolean> {
  const lines = await auditOf(q, workspace, channel);
  const last = lines.findLast(({ event }) => event.startsWith("channel_"));
  return last?.event === "channel_closed";
}

/** Tells an admin, whoever installed us if that is one, what only people can put right. */
export async function tellClosed(
  voice: Voice,
  { workspace, channel, reason }: ChannelKey & { reason: string },
): Promise<void> {
  const { world, web } = voice;
  const keeper = await keeperOf(voice, workspace);
  const facts = { workspace, channel, reason };
  if (!keeper) return world.log.warn("a channel is closed, and we know of nobody to tell", facts);
  const place = { workspace, channel: keeper, who: `closed ${channel}` };
  try {
    await postInTurn(web, { ...place, importance: "news" }, closedChannelNotice(channel, reason));
  } catch (error) {
    if (!isClosed(error) && !isOurs(error)) throw error;
    world.log.warn("a channel is closed, and its admin cannot be reached", facts);
  }
}

import { isOver } from "../../domain/digest-time.ts";
import { buildDigest } from "../../flows/build-digest.ts";
import { digestFor } from "../../store/digests.ts";
import { namedIn } from "../cards/approval-words.ts";
import { digestCard } from "../cards/digest-card.ts";
import { redactedDigest } from "../cards/redacted-digest.ts";
import { isClosed, isOurs, isUnknown } from "../troubles.ts";
import type { SlackWeb } from "../web.ts";
import type { Voice } from "./in-thread.ts";
import { postInTurn } from "./post.ts";

/**
 * Posts the day's digest, in counts only where people of other organisations read it; where its channel is closed
 * to us, to the person who set it. One that Slack would not take until its day was over is left out.
 */
export async function showDigest(
  { world, web, channels, names: book, nextBest = false }: Voice,
  workspace: string,
  date: string,
): Promise<void> {
  const set = await world.store.read((q) => digestFor(q, workspace));
  if (!set) return;
  if (isOver(date, set, world.now())) {
    return world.log.warn("a digest was left out, its day is over", { workspace });
  }
  const digest = await buildDigest(world, workspace);
  const asked = [...digest.waiting, ...digest.owed];
  const names = await book.of(workspace, asked.flatMap(namedIn));
  const day = { date, zone: set.zone, names };
  const external = await channels.isExternal(workspace, set.channel);
  const shown = external ? redactedDigest(digest, day) : digestCard(digest, day);
  if (await isPosted({ web, nextBest }, workspace, set.channel, shown)) return;
  const card = digestCard(digest, { ...day, closedChannel: set.channel });
  if (await isPosted({ web, nextBest: false }, workspace, set.setBy, card)) return;
  world.log.warn("a digest was left out, nobody can be reached", { workspace });
}

/** False if the place is closed to us, or has failed for too long. */
async function isPosted(
  { web, nextBest }: { web: SlackWeb; nextBest: boolean },
  workspace: string,
  channel: string,
  card: ReturnType<typeof digestCard>,
): Promise<boolean> {
  try {
    await postInTurn(web, { workspace, channel, who: "digest", importance: "digest" }, card);
    return true;
  } catch (error) {
    if (isClosed(error) || isOurs(error) || (nextBest && isUnknown(error))) return false;
    throw error;
  }
}

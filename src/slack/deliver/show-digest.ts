import { buildDigest } from "../../flows/build-digest.ts";
import { digestFor } from "../../store/digests.ts";
import type { World } from "../../world.ts";
import { digestCard } from "../cards/digest-card.ts";
import { type SlackWeb, slackErrorOf } from "../web.ts";
import { postTo } from "./show-change.ts";

const closed = new Set(["channel_not_found", "not_in_channel", "is_archived"]);

/** Posts the day's digest; where its channel is closed to us, to the person who set it. */
export async function showDigest(
  world: World,
  web: SlackWeb,
  workspace: string,
  date: string,
): Promise<void> {
  const digest = await world.store.read((q) => digestFor(q, workspace));
  if (!digest) return;
  const card = digestCard(await buildDigest(world, workspace), { date, zone: digest.zone });
  try {
    await postTo(web, workspace, digest.channel, card);
  } catch (error) {
    if (!closed.has(slackErrorOf(error) ?? "")) throw error;
    await postTo(web, workspace, digest.setBy, card);
  }
}

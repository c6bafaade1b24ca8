import { isEnded } from "../../domain/settle.ts";
import { loadChange } from "../../store/changes.ts";
import { postsOf } from "../../store/posts.ts";
import type { World } from "../../world.ts";
import { endNotice } from "../cards/change-card.ts";
import { type SlackWeb, slackErrorOf } from "../web.ts";
import { postTo } from "./show-change.ts";

/** Quick work in front of the asker's eyes needs no call; the card has just shown it. */
const worthACallMs = 15_000;

/** At the end of a change: one line in the card's thread that calls the asker by name. */
export async function tellAsker(
  world: World,
  web: SlackWeb,
  workspace: string,
  changeId: string,
): Promise<void> {
  const change = await world.store.read((q) => loadChange(q, workspace, changeId));
  if (!change || !isEnded(change.state) || !change.endedAt) return;
  const seen =
    change.state === "done" && change.endedAt.getTime() - change.askedAt.getTime() < worthACallMs;
  if (seen && change.verdict.kind === "allow") return;
  const posts = await world.store.read((q) => postsOf(q, workspace, changeId));
  const card = posts.find(({ gone }) => !gone);
  if (!card) return;
  try {
    await postTo(web, workspace, card.channel, endNotice(change), card.ts);
  } catch (error) {
    if (slackErrorOf(error) === undefined || slackErrorOf(error) === "ratelimited") throw error;
  }
}

import { loadPolicy } from "../../flows/load-policy.ts";
import { loadChange } from "../../store/changes.ts";
import { givenUpNotice } from "../cards/given-up-notice.ts";
import { isClosed, isGone } from "../troubles.ts";
import type { Voice } from "./in-thread.ts";
import { adminsAmong, keeperOf } from "./keeper.ts";
import { postInTurn } from "./post.ts";

/** Tells the policy's admins and whoever installed us, directly, that work was given up: those who are admins now. */
export async function tellGivenUp(
  voice: Voice,
  workspace: string,
  changeId: string,
  sentence: string,
): Promise<void> {
  const { world, web } = voice;
  const change = await world.store.read((q) => loadChange(q, workspace, changeId));
  if (!change) return;
  const keeper = await keeperOf(voice, workspace);
  const { policy } = await loadPolicy(world, workspace);
  const named = await adminsAmong(voice, workspace, policy.admins ?? []);
  const people = new Set([...named, ...(keeper ? [keeper] : [])]);
  if (people.size === 0)
    world.log.warn("work was given up, and we know of nobody to tell", {
      workspace,
      change: changeId,
    });
  for (const channel of people) {
    const place = { workspace, channel, who: `given up ${changeId}`, importance: "news" } as const;
    try {
      await postInTurn(web, place, givenUpNotice(change, sentence));
    } catch (error) {
      if (!isClosed(error) && !isGone(error)) throw error;
    }
  }
}

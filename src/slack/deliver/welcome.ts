import type { World } from "../../world.ts";
import { onboardingCard } from "../cards/onboarding-card.ts";
import { type SlackWeb, slackErrorOf } from "../web.ts";
import { postTo } from "./post.ts";

/** Tells whoever installed us what comes next. The page they saw says the same, so a closed door is no fault. */
export async function welcome(
  world: Pick<World, "log">,
  web: SlackWeb,
  workspace: string,
  user: string,
): Promise<void> {
  try {
    await postTo(web, workspace, user, onboardingCard());
  } catch (error) {
    const reason = slackErrorOf(error);
    if (reason === undefined || reason === "ratelimited") throw error;
    world.log.info("the installer could not be reached", { workspace, reason });
  }
}

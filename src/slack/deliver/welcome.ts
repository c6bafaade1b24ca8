import type { World } from "../../world.ts";
import { onboardingCard } from "../cards/onboarding-card.ts";
import { isClosed, isOurs, slackErrorOf } from "../troubles.ts";
import type { SlackWeb } from "../web.ts";
import { postInTurn } from "./post.ts";

/** Tells whoever installed us what comes next. The page they saw says the same, so a closed door is no fault. */
export async function welcome(
  world: Pick<World, "log">,
  web: SlackWeb,
  workspace: string,
  user: string,
): Promise<void> {
  try {
    const place = { workspace, channel: user, who: "welcome", importance: "news" } as const;
    await postInTurn(web, place, onboardingCard());
  } catch (error) {
    if (!isClosed(error) && !isOurs(error)) throw error;
    const reason = slackErrorOf(error);
    world.log.info("the installer could not be reached", { workspace, reason });
  }
}

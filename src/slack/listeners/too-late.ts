import type { Action } from "../../domain/campaign.ts";
import { refusalAnswer } from "../cards/answers.ts";
import type { Message } from "../cards/message.ts";
import type { Origin } from "./desk.ts";

/** What starts or ends a campaign is wanted now or not at all. */
const startsWithinMs = 15 * 60_000;

/**
 * Why a wish that comes so late is not carried out any more; undefined for one that is. A pause is carried out however
 * late it comes, as long as it has not ended meanwhile.
 */
export function whyTooLate(
  { kept }: Pick<Origin, "kept">,
  { action, until }: { action: Action; until?: Date | undefined },
  now: Date,
): Message | undefined {
  if (!kept) return undefined;
  if (until && until <= now)
    return refusalAnswer(
      "The pause was to end before it could begin, so nothing was changed.",
      "Ask again if you still want it.",
    );
  const ageMs = now.getTime() - kept.askedAt.getTime();
  if (action === "pause" || ageMs < startsWithinMs) return undefined;
  return refusalAnswer(
    `That is too long ago for a ${action}, so nothing was changed.`,
    "Ask again if you still want it.",
  );
}

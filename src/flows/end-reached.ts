import type { Campaign } from "../domain/campaign.ts";
import type { Target } from "../domain/change.ts";
import { mayHaveActed } from "../domain/next-move.ts";
import type { VendorFailure } from "../vendors/failure.ts";
import { type After, endTarget } from "./end-target.ts";
import { outcomeWords, sightOf } from "./outcome-words.ts";
import type { Scene } from "./scene.ts";
import { causeSince } from "./standing-note.ts";
import { watchFrom, watchJobs } from "./watch-jobs.ts";

/** Seen to be so, by our doing or already; watched where the platform may still undo it, whoever did it. */
export function endReached(
  { world, key, change, target, rule }: Scene,
  campaign: Campaign,
  seen: Partial<Target>,
  failure?: VendorFailure,
): Promise<After> {
  const sight = sightOf(rule, campaign, target);
  // A success that only comes about later says when.
  const cause = rule.reaches.includes(campaign.phase) ? undefined : causeSince(target, campaign);
  const refusal = failure?.facts;
  const sentence = outcomeWords({ action: change.action, target, rule, sight, refusal, cause });
  const state = mayHaveActed(target) ? "done" : "already";
  const watched = watchFrom(world, rule, campaign);
  const jobs = rule.watch ? watchJobs(world, key, rule.watch) : [];
  const patch = { ...seen, ...watched, state, sentence } as const;
  return endTarget(world, key, patch, { jobs, ...(failure && { failure }) });
}

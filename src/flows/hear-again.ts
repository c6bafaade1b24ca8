import type { Campaign } from "../domain/campaign.ts";
import { whyNotAnyMore } from "../domain/still-agreed.ts";
import { askerNow } from "./asker-now.ts";
import { loadPolicy } from "./load-policy.ts";
import type { Scene } from "./scene.ts";

/**
 * Hears the policy of this moment before a call leaves, with the name that the platform has just shown. A sentence is
 * why the call must not leave.
 */
export async function hearAgain(
  { world, key, change, target, whoIs }: Scene,
  { name }: Campaign,
): Promise<string | undefined> {
  if (change.action === "pause" && !target.unread) return undefined;
  const by = await askerNow(world, change, await loadPolicy(world, key.workspace), whoIs);
  // Read last, so that nothing is waited for between the policy and the call.
  const { policy, version: policyVersion } = await loadPolicy(world, key.workspace);
  return whyNotAnyMore(change, target, { policy, policyVersion, by, name, at: world.now() });
}

import type { ActionRule } from "../domain/action-rule.ts";
import type { Campaign } from "../domain/campaign.ts";
import type { Change, Target } from "../domain/change.ts";
import { isTargetOpen } from "../domain/settle.ts";
import { loadChange } from "../store/changes.ts";
import { VendorFailure } from "../vendors/failure.ts";
import type { OpenAccount } from "../vendors/vendor.ts";
import type { World } from "../world.ts";
import { endTarget, type TargetKey } from "./end-target.ts";
import { openConnection } from "./open-connection.ts";

/** All that one move on one target needs to know. */
export interface Scene {
  world: World;
  key: TargetKey;
  change: Change;
  target: Target;
  account: OpenAccount;
  rule: ActionRule;
}

/** Undefined when there is nothing (more) to do for this target; its end is then on record. */
export async function setScene(world: World, key: TargetKey): Promise<Scene | undefined> {
  const change = await world.store.read((q) => loadChange(q, key.workspace, key.changeId));
  const target = change?.targets.find(({ id }) => id === key.targetId);
  if (!change || !target || !isTargetOpen(target.state)) return undefined;
  if (change.state !== "approved" && change.state !== "running") return undefined;
  const opened = await openConnection(world, key.workspace, target.connectionId);
  if (opened.kind !== "open") {
    await endTarget(world, key, { state: "failed", sentence: opened.sentence });
    return undefined;
  }
  if (opened.connection.version !== target.connectionVersion) {
    const sentence = `The connection ${target.connection} was changed after this was asked. Nothing was sent. Ask again.`;
    await endTarget(world, key, { state: "refused", sentence });
    return undefined;
  }
  const capability = opened.vendor.capabilities[change.action];
  if ("cannot" in capability) {
    await endTarget(world, key, { state: "refused", sentence: capability.cannot });
    return undefined;
  }
  return { world, key, change, target, account: opened.account, rule: capability };
}

export type Read =
  | { kind: "campaign"; campaign: Campaign }
  | { kind: "failure"; failure: VendorFailure };

export async function readCampaign(account: OpenAccount, id: string): Promise<Read> {
  try {
    return { kind: "campaign", campaign: await account.get(id) };
  } catch (error) {
    if (error instanceof VendorFailure) return { kind: "failure", failure: error };
    throw error;
  }
}

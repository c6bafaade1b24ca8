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
import { tooLateToStart } from "./patience.ts";

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
  const rule = opened.vendor.capabilities[change.action];
  const sentence = whyNot(world, change, target, opened.connection.version);
  if (sentence !== undefined || "cannot" in rule) {
    const why = sentence ?? ("cannot" in rule ? rule.cannot : "");
    await endTarget(world, key, { state: "refused", sentence: why });
    return undefined;
  }
  return { world, key, change, target, account: opened.account, rule };
}

/** What was agreed to is what is done, and while it is still meant: otherwise it has to be asked for again. */
function whyNot(
  world: World,
  change: Change,
  target: Target,
  connectionVersion: number,
): string | undefined {
  if (connectionVersion !== target.connectionVersion) {
    return `The connection ${target.connection} was changed after this was asked. Nothing was sent. Ask again.`;
  }
  if (tooLateToStart(change, target, world.now())) {
    return "This could not be started within 15 minutes after it was agreed to. Nothing was sent. Ask again if it is still wanted.";
  }
  return undefined;
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

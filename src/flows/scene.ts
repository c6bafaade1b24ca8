import type { ActionRule } from "../domain/action-rule.ts";
import { callWords } from "../domain/call-words.ts";
import type { Campaign } from "../domain/campaign.ts";
import type { Change, Target } from "../domain/change.ts";
import { mayHaveActed } from "../domain/next-move.ts";
import { isTargetOpen } from "../domain/settle.ts";
import { loadChange } from "../store/changes.ts";
import type { Connection } from "../store/connections.ts";
import { VendorFailure } from "../vendors/failure.ts";
import type { OpenAccount } from "../vendors/vendor.ts";
import type { World } from "../world.ts";
import { isAsAgreed, lapsed } from "./agreed.ts";
import type { WhoIs } from "./asker-now.ts";
import { endLapsed } from "./end-lapsed.ts";
import { endTarget, type TargetKey } from "./end-target.ts";
import { openConnection } from "./open-connection.ts";
import { outcomeWords } from "./outcome-words.ts";
import { patience } from "./patience.ts";

/** A target whose campaign is being looked at. */
export type BegunTarget = Target & { begunAt: Date };

/** All that one move on one target needs to know. */
export interface Scene {
  world: World;
  key: TargetKey;
  change: Change;
  target: BegunTarget;
  connection: Connection;
  account: OpenAccount;
  rule: ActionRule;
  wait: ReturnType<typeof patience>;
  /** Asks who somebody is now, where that can be asked. */
  whoIs?: WhoIs | undefined;
  /** The connection was changed after a call had left: it is read to find out what came of that, and sent nothing. */
  readOnly: boolean;
}

/** Undefined when there is nothing (more) to do for this target; its end is then on record. */
export async function setScene(
  world: World,
  key: TargetKey,
  whoIs?: WhoIs,
): Promise<Scene | undefined> {
  const change = await world.store.read((q) => loadChange(q, key.workspace, key.changeId));
  const target = change?.targets.find(({ id }) => id === key.targetId);
  if (!change || !target || !isTargetOpen(target.state)) return undefined;
  if (change.state !== "approved" && change.state !== "running") return undefined;
  const sent = target.attempts > 0;
  const words = callWords(target);
  const opened = await openConnection(world, key.workspace, target.connectionId, words);
  if (opened.kind !== "open") {
    const { sentence, why, next } = opened;
    if (mayHaveActed(target)) await endTarget(world, key, { state: "needs_attention", sentence });
    else if (opened.kind === "gone" && !sent)
      await endLapsed(world, key, { state: "superseded", sentence });
    else {
      const sight = { kind: "closed", why, next } as const;
      const words = outcomeWords({ action: change.action, target, sight });
      await endTarget(world, key, { state: "failed", sentence: words });
    }
    return undefined;
  }
  const rule = opened.vendor.capabilities[change.action];
  const gone = sent ? undefined : lapsed(change, target, opened.connection, world.now());
  if (gone) {
    await endLapsed(world, key, gone);
    return undefined;
  }
  if ("cannot" in rule) {
    await endTarget(world, key, { state: "refused", sentence: rule.cannot });
    return undefined;
  }
  const begun = { ...target, begunAt: target.begunAt ?? world.now() };
  return {
    world,
    key,
    change,
    target: begun,
    connection: opened.connection,
    account: opened.account,
    rule,
    wait: patience(world),
    whoIs,
    readOnly: sent && !isAsAgreed(change, target, opened.connection),
  };
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

import type { ActionRule } from "../domain/action-rule.ts";
import type { Campaign } from "../domain/campaign.ts";
import type { Change, Target } from "../domain/change.ts";
import { begunTooLate, isUntouched, superseded } from "../domain/change-steps.ts";
import { mayHaveActed } from "../domain/next-move.ts";
import { isTargetOpen } from "../domain/settle.ts";
import { loadChange } from "../store/changes.ts";
import { VendorFailure } from "../vendors/failure.ts";
import type { OpenAccount } from "../vendors/vendor.ts";
import type { World } from "../world.ts";
import { type Lapsed, lapsed } from "./agreed.ts";
import { tellJob } from "./change-jobs.ts";
import { endTarget, type TargetKey } from "./end-target.ts";
import { moveChange } from "./move-change.ts";
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
  account: OpenAccount;
  rule: ActionRule;
  wait: ReturnType<typeof patience>;
}

/** Undefined when there is nothing (more) to do for this target; its end is then on record. */
export async function setScene(world: World, key: TargetKey): Promise<Scene | undefined> {
  const change = await world.store.read((q) => loadChange(q, key.workspace, key.changeId));
  const target = change?.targets.find(({ id }) => id === key.targetId);
  if (!change || !target || !isTargetOpen(target.state)) return undefined;
  if (change.state !== "approved" && change.state !== "running") return undefined;
  const opened = await openConnection(world, key.workspace, target.connectionId);
  if (opened.kind === "gone") {
    await endLapsed(world, key, { state: "superseded", sentence: opened.sentence });
    return undefined;
  }
  if (opened.kind !== "open") {
    const sight = { kind: "closed", why: opened.why, next: opened.next } as const;
    const sentence = outcomeWords({ action: change.action, target, sight });
    const state = mayHaveActed(target) ? "needs_attention" : "failed";
    await endTarget(world, key, { state, sentence });
    return undefined;
  }
  const rule = opened.vendor.capabilities[change.action];
  const gone = lapsed(change, target, opened.connection, world.now());
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
    account: opened.account,
    rule,
    wait: patience(world),
  };
}

/** As long as nothing of it has begun, the whole change ends; later only what has not begun. */
async function endLapsed(world: World, key: TargetKey, { state, sentence }: Lapsed): Promise<void> {
  const ended = await moveChange(world, key, "fermata", (change) => {
    if (change.state !== "approved" || !isUntouched(change)) return { result: false };
    const end = state === "superseded" ? superseded : begunTooLate;
    return {
      result: true,
      after: end(change, sentence, world.now()),
      audit: [{ event: state, subject: key.changeId, detail: { target: key.targetId } }],
      jobs: [tellJob(key)],
    };
  });
  if (!ended) await endTarget(world, key, { state: "refused", sentence });
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

import { callWords } from "../domain/call-words.ts";
import type { Change, Target } from "../domain/change.ts";
import { isTargetOpen } from "../domain/settle.ts";
import { loadChange } from "../store/changes.ts";
import type { World } from "../world.ts";
import type { TargetKey } from "./end-target.ts";
import { type ChangeKey, moveChange } from "./move-change.ts";
import { openTarget } from "./open-target.ts";
import { checkedWords, outcomeWords, sightOf } from "./outcome-words.ts";
import { readCampaign } from "./scene.ts";
import { watchFrom, watchJobs } from "./watch-jobs.ts";
import { watchTarget } from "./watch-target.ts";
import { watchedAgainWords } from "./watch-words.ts";

/** What a campaign of unknown outcome shows now. */
interface Look {
  target: Target;
  sentence: string;
  word?: string;
}

/**
 * Reads the campaigns whose outcome is not known, and watches anew those whose watch could not see its end. The change
 * keeps the state it ended in; what the vendor shows now is added to it. Undefined: no such change in this workspace.
 */
export async function checkAgain(
  world: World,
  key: ChangeKey,
  by: string,
): Promise<string[] | undefined> {
  const change = await world.store.read((q) => loadChange(q, key.workspace, key.changeId));
  if (!change) return undefined;
  const unclear = change.targets.filter(
    ({ state }) => state === "needs_attention" || state === "unknown",
  );
  const looks = await Promise.all(
    unclear.map((target) => look(world, key.workspace, change, target)),
  );
  if (looks.length > 0) await record(world, key, by, looks);
  const unconfirmed = change.targets.filter(({ watch }) => watch === "unconfirmed");
  const watched = await Promise.all(
    unconfirmed.map((target) => watchAnew(world, { ...key, targetId: target.id }, by)),
  );
  return [...looks, ...watched.filter((one) => one !== undefined)].map(
    ({ target, sentence }) => `“${target.campaign.name}”: ${sentence}`,
  );
}

async function look(
  world: World,
  workspace: string,
  change: Change,
  target: Target,
): Promise<Look> {
  const { action } = change;
  const sent = callWords(target);
  const opened = await openTarget(world, workspace, target, { sent });
  if (opened.kind === "other") return { target, sentence: `${opened.sentence} ${sent}` };
  if (opened.kind !== "open") {
    const sight = { kind: "closed", why: opened.why, next: opened.next } as const;
    return { target, sentence: outcomeWords({ action, target, sight }) };
  }
  const rule = opened.vendor.capabilities[action];
  const read = await readCampaign(opened.account, target.campaign.id);
  if (read.kind === "failure") {
    const sight = { kind: "unread", facts: read.failure.facts } as const;
    return { target, sentence: outcomeWords({ action, target, sight }) };
  }
  const { word } = read.campaign;
  const sight = "cannot" in rule ? undefined : sightOf(rule, read.campaign, target);
  return { target, word, sentence: checkedWords(action, target, word, sight) };
}

async function watchAnew(world: World, key: TargetKey, by: string): Promise<Look | undefined> {
  await moveChange(world, key, by, (change) => {
    const target = change.targets.find(({ id }) => id === key.targetId);
    const rule = target && world.vendors[target.vendor].capabilities[change.action];
    if (target?.watch !== "unconfirmed" || !rule || "cannot" in rule || !rule.watch) {
      return { result: undefined };
    }
    const { sentence: _, checkedAt: __, watchFor: ___, ...bare } = target;
    const again: Target = { ...bare, ...watchFrom(world, rule), stumbles: 0 };
    const targets = change.targets.map((one) => (one.id === key.targetId ? again : one));
    return {
      result: undefined,
      after: { ...change, targets },
      audit: [{ event: "checked_again", subject: change.id, detail: { target: target.id } }],
      jobs: watchJobs(world, key, rule.watch),
    };
  });
  await watchTarget(world, key);
  const change = await world.store.read((q) => loadChange(q, key.workspace, key.changeId));
  const target = change?.targets.find(({ id }) => id === key.targetId);
  if (!change || !target) return undefined;
  return { target, sentence: target.sentence ?? watchedAgainWords(target) };
}

async function record(
  world: World,
  key: ChangeKey,
  by: string,
  looks: readonly Look[],
): Promise<void> {
  await moveChange(world, key, by, (change) => {
    const now = world.now();
    const targets = change.targets.map((target) => {
      const seen = looks.find((one) => one.target.id === target.id);
      // An open target has its own job, which will say what it comes to.
      if (!seen || isTargetOpen(target.state)) return target;
      const { sentence, word } = seen;
      return { ...target, sentence, ...(word !== undefined && { after: word, checkedAt: now }) };
    });
    const shows = looks.map(({ target, word }) => ({ target: target.id, shows: word }));
    return {
      result: undefined,
      after: { ...change, targets },
      audit: [{ event: "checked_again", subject: change.id, detail: { shows } }],
    };
  });
}

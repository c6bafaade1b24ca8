import { callWords } from "../domain/call-words.ts";
import type { Change, Target } from "../domain/change.ts";
import { isTargetOpen } from "../domain/settle.ts";
import { loadChange } from "../store/changes.ts";
import { explain } from "../vendors/explain.ts";
import type { VendorFailure } from "../vendors/failure.ts";
import type { World } from "../world.ts";
import { type ChangeKey, moveChange } from "./move-change.ts";
import { openTarget } from "./open-target.ts";
import { readCampaign } from "./scene.ts";

/** What a campaign of unknown outcome shows now. */
interface Look {
  target: Target;
  sentence: string;
  word?: string;
}

/**
 * Reads the campaigns whose outcome is not known. The change keeps the state it ended in; what the
 * vendor shows now is added to it. Undefined: no such change in this workspace.
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
  return looks.map(({ target, sentence }) => `“${target.campaign.name}”: ${sentence}`);
}

async function look(
  world: World,
  workspace: string,
  change: Change,
  target: Target,
): Promise<Look> {
  const sent = callWords(target);
  const opened = await openTarget(world, workspace, target, { sent });
  if (opened.kind === "other") return { target, sentence: `${opened.sentence} ${sent}` };
  if (opened.kind !== "open") return { target, sentence: opened.sentence };
  const read = await readCampaign(opened.account, target.campaign.id);
  if (read.kind === "failure") {
    return { target, sentence: unread(change, target, read.failure) };
  }
  const capability = opened.vendor.capabilities[change.action];
  const reached = "reaches" in capability && capability.reaches.includes(read.campaign.phase);
  const effect = reached ? "has taken effect" : "has not taken effect";
  const { word } = read.campaign;
  return {
    target,
    word,
    sentence: `Checked again: ${opened.vendor.title} shows ${word}, so the ${change.action} ${effect}.`,
  };
}

function unread({ action }: Change, { campaign }: Target, { facts }: VendorFailure): string {
  return explain(facts, {
    action,
    campaignName: campaign.name,
    changing: false,
    mayHaveActed: true,
  }).sentence;
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
      return { ...target, sentence, checkedAt: now, ...(word !== undefined && { after: word }) };
    });
    const shows = looks.map(({ target, word }) => ({ target: target.id, shows: word }));
    return {
      result: undefined,
      after: { ...change, targets },
      audit: [{ event: "checked_again", subject: change.id, detail: { shows } }],
    };
  });
}

import type { Campaign } from "../domain/campaign.ts";
import type { Change, Target } from "../domain/change.ts";
import { loadChange } from "../store/changes.ts";
import type { World } from "../world.ts";
import { inTime } from "./in-time.ts";
import { type ChangeKey, moveChange } from "./move-change.ts";
import { openConnection } from "./open-connection.ts";
import { readCampaign } from "./scene.ts";
import { keepNotes, noteNow } from "./standing-note.ts";

const mostTargets = 5;
const lookWithinMs = 2_000;

/** A campaign that is not as it was when it was asked about. */
export interface Moved {
  target: Target;
  word: string;
  at: Date;
}

/**
 * Reads the campaigns of a waiting change once more. What is not any more as it was is put on record and given back;
 * a platform that does not answer within two seconds holds nobody up.
 */
export async function lookBeforeVote(world: World, key: ChangeKey): Promise<Moved[]> {
  const change = await world.store.read((q) => loadChange(q, key.workspace, key.changeId));
  if (change?.state !== "waiting") return [];
  const looks = await Promise.all(
    change.targets.slice(0, mostTargets).map(async (target) => {
      const campaign = await lookAt(world, key.workspace, target);
      return { target, campaign, note: await noteNow(world, key.workspace, target, campaign) };
    }),
  );
  const at = world.now();
  const moved = looks.flatMap(({ target, campaign }): Moved[] => {
    if (!campaign || target.before === undefined || campaign.word === target.before) return [];
    return [{ target, word: campaign.word, at }];
  });
  const back = looks.filter(
    ({ target, campaign }) => target.since && campaign?.word === target.before,
  );
  if (moved.some(isNews) || back.length > 0) {
    await record(world, key, moved, new Set(back.map(({ target }) => target.id)));
  }
  await keepNotes(world, key, looks);
  return moved;
}

function isNews({ target, word }: Moved): boolean {
  return target.since?.word !== word;
}

function lookAt(world: World, workspace: string, target: Target): Promise<Campaign | undefined> {
  const look = async () => {
    const opened = await openConnection(world, workspace, target.connectionId);
    if (opened.kind !== "open") return undefined;
    const read = await readCampaign(opened.account, target.campaign.id);
    return read.kind === "campaign" ? read.campaign : undefined;
  };
  return inTime(look(), lookWithinMs);
}

async function record(
  world: World,
  key: ChangeKey,
  moved: readonly Moved[],
  back: ReadonlySet<string>,
): Promise<void> {
  await moveChange(world, key, "fermata", (change) => {
    if (change.state !== "waiting") return { result: undefined };
    const after: Change = {
      ...change,
      targets: change.targets.map((target) => withSince(target, moved, back)),
    };
    const shows = moved.map(({ target, word }) => ({ target: target.id, shows: word }));
    return {
      result: undefined,
      after,
      audit: [{ event: "seen_moved", subject: change.id, detail: { shows } }],
    };
  });
}

function withSince(target: Target, moved: readonly Moved[], back: ReadonlySet<string>): Target {
  const seen = moved.find((one) => one.target.id === target.id);
  if (seen) return { ...target, since: { word: seen.word, at: seen.at } };
  if (!back.has(target.id)) return target;
  const { since: _, ...asBefore } = target;
  return asBefore;
}

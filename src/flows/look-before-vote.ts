import type { Campaign } from "../domain/campaign.ts";
import type { Change, Target } from "../domain/change.ts";
import { loadChange } from "../store/changes.ts";
import type { World } from "../world.ts";
import { campaignKey } from "./find-exact.ts";
import { type ChangeKey, moveChange } from "./move-change.ts";
import { readTargets } from "./read-targets.ts";
import { keepNotes, noteNow } from "./standing-note.ts";

const lookWithinMs = 2_000;

/** A campaign that is not as it was when it was asked about. */
export interface Moved {
  target: Target;
  /** What its platform shows now, where that is not what it showed then. */
  word?: string;
  /** What it is called now, where it had another name. */
  name?: string;
  at: Date;
  /** Nobody was shown it before. */
  news: boolean;
}

/**
 * Reads all campaigns of a waiting change once more. What is not any more as it was is put on record and given back;
 * a platform that does not answer within two seconds holds nobody up: the policy is heard with the name of then
 * before anything is sent.
 */
export async function lookBeforeVote(world: World, key: ChangeKey): Promise<Moved[]> {
  const change = await world.store.read((q) => loadChange(q, key.workspace, key.changeId));
  if (change?.state !== "waiting") return [];
  const read = await readTargets(world, key.workspace, change.targets, {
    withinMs: lookWithinMs,
  });
  const at = world.now();
  const looks = change.targets.map((target) => {
    const campaign = read.get(campaignKey(target.connectionId, target.campaign.id));
    return { target, after: campaign && asSeen(target, campaign, at) };
  });
  if (looks.some(({ target, after }) => after && !isSame(target, after)))
    await record(world, key, read, at);
  await keepNotes(
    world,
    key,
    await Promise.all(
      change.targets.map(async (target) => {
        const campaign = read.get(campaignKey(target.connectionId, target.campaign.id));
        return { target, note: await noteNow(world, key.workspace, target, campaign) };
      }),
    ),
  );
  return looks.flatMap(({ target, after }) => (after ? movedBetween(target, after, at) : []));
}

/** With what its platform shows now beside what it showed then. */
function asSeen(target: Target, { word, name, id }: Campaign, at: Date): Target {
  const { since: _since, calledNow: _called, ...then } = target;
  const moved = then.before !== undefined && word !== then.before;
  const since = moved && { since: target.since?.word === word ? target.since : { word, at } };
  if (then.unread) return { ...then, campaign: { id, name }, unread: false, ...since };
  return { ...then, ...since, ...(name !== then.campaign.name && { calledNow: name }) };
}

function movedBetween(target: Target, after: Target, at: Date): Moved[] {
  const { since, calledNow } = after;
  if (!since && calledNow === undefined) return [];
  const news = since?.word !== target.since?.word || calledNow !== target.calledNow;
  const word = since && { word: since.word };
  return [{ target, ...word, ...(calledNow !== undefined && { name: calledNow }), at, news }];
}

function isSame(one: Target, other: Target): boolean {
  return (
    one.since?.word === other.since?.word &&
    one.calledNow === other.calledNow &&
    one.campaign.name === other.campaign.name
  );
}

async function record(
  world: World,
  key: ChangeKey,
  read: ReadonlyMap<string, Campaign>,
  at: Date,
): Promise<void> {
  await moveChange(world, key, "fermata", (change) => {
    if (change.state !== "waiting") return { result: undefined };
    const targets = change.targets.map((target) => {
      const campaign = read.get(campaignKey(target.connectionId, target.campaign.id));
      return campaign ? asSeen(target, campaign, at) : target;
    });
    const after: Change = { ...change, targets };
    const shows = targets.flatMap(({ id, since, calledNow }) =>
      since || calledNow !== undefined
        ? [{ target: id, shows: since?.word, ...(calledNow !== undefined && { calledNow }) }]
        : [],
    );
    const audit = [{ event: "seen_moved", subject: change.id, detail: { shows } }];
    return { result: undefined, after, audit };
  });
}

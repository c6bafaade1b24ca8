import type { Campaign } from "../domain/campaign.ts";
import type { Target } from "../domain/change.ts";
import type { Identity } from "../domain/identity.ts";
import { shorten } from "../domain/shorten.ts";
import { lastMovedAt } from "../store/of-campaign.ts";
import type { World } from "../world.ts";
import type { FoundTarget } from "./find-wished.ts";
import { type ChangeKey, moveChange } from "./move-change.ts";

/** A card has room for so much of it. */
export const longestNote = 200;

/**
 * What the platform says about why a campaign stands as it does, as far as it is the cause: a reason from before
 * the last change of ours is none.
 */
async function standingNote(
  world: Pick<World, "store">,
  workspace: string,
  of: Pick<Identity, "connectionId" | "campaign" | "account">,
  { note, noteAt }: Campaign,
): Promise<string | undefined> {
  if (note === undefined || noteAt === undefined) return note;
  const moved = await world.store.read((q) => lastMovedAt(q, workspace, of));
  return moved && moved > noteAt ? undefined : note;
}

/** The same campaigns, each with a note only if it is the cause of how it stands. */
export function withNotes(
  world: Pick<World, "store">,
  workspace: string,
  found: readonly FoundTarget[],
): Promise<FoundTarget[]> {
  return Promise.all(
    found.map(async (one) => {
      if (one.seen?.noteAt === undefined) return one;
      if ((await standingNote(world, workspace, one, one.seen)) !== undefined) return one;
      const { note: _, noteAt: __, ...seen } = one.seen;
      return { ...one, seen };
    }),
  );
}

/** The platform's own reason for what it did after we began with the campaign, as a sentence. */
export function causeSince(
  { begunAt, firstAttemptAt }: Pick<Target, "begunAt" | "firstAttemptAt">,
  { note, noteAt }: Pick<Campaign, "note" | "noteAt">,
): string | undefined {
  const since = firstAttemptAt ?? begunAt;
  if (note === undefined || !noteAt || !since || noteAt < since) return undefined;
  return /[.…]$/.test(note) ? note : `${note}.`;
}

/** Undefined: as it is on record, because nothing was read. */
export async function noteNow(
  world: Pick<World, "store">,
  workspace: string,
  target: Target,
  campaign: Campaign | undefined,
): Promise<string | undefined> {
  if (!campaign) return target.note;
  const note = await standingNote(world, workspace, target, campaign);
  return note === undefined ? undefined : shorten(note, longestNote);
}

/** Puts on the card of a waiting change what the platforms say by now. */
export async function keepNotes(
  world: World,
  key: ChangeKey,
  looks: readonly { target: Target; note: string | undefined }[],
): Promise<void> {
  const news = new Map(
    looks.flatMap(({ target, note }) => (note === target.note ? [] : [[target.id, note] as const])),
  );
  if (news.size === 0) return;
  await moveChange(world, key, "fermata", (change) => {
    if (change.state !== "waiting") return { result: undefined };
    const targets = change.targets.map((target): Target => {
      if (!news.has(target.id)) return target;
      const { note: _, ...bare } = target;
      const note = news.get(target.id);
      return note === undefined ? bare : { ...bare, note };
    });
    return { result: undefined, after: { ...change, targets } };
  });
}

import { appendAudit } from "../store/audit.ts";
import { kidOf } from "../store/seal.ts";
import { everySealed, type SealedValue } from "../store/sealed.ts";
import type { World } from "../world.ts";

/** Where an installation's own audit lines stand: those that belong to no workspace. */
export const installation = "fermata";

export interface Rewrapped {
  /** Sealed values now under the active key that were under another before. */
  moved: number;
  /** Values that do not open; they were left as they are. */
  unreadable: readonly Pick<SealedValue, "workspace" | "what">[];
}

const batchSize = 100;
/** A value that somebody replaces at the same moment is looked at again. */
const mostRounds = 5;

type Using = Pick<World, "store" | "keyring" | "now">;

/**
 * Seals everything under the active key, beside a running bot: a hundred values in a transaction, each only
 * if it still is what was read. Ended at any point, every value opens with its old key or the new one.
 */
export async function rewrapSecrets(world: Using, by: string): Promise<Rewrapped> {
  const unreadable = new Map<string, SealedValue>();
  let moved = 0;
  for (let round = 0; round < mostRounds; round += 1) {
    const old = (await underOtherKeys(world)).filter(({ sealed }) => !unreadable.has(sealed));
    if (old.length === 0) break;
    for (let from = 0; from < old.length; from += batchSize) {
      moved += await moveBatch(world, old.slice(from, from + batchSize), unreadable, by);
    }
  }
  const left = [...unreadable.values()].map(({ workspace, what }) => ({ workspace, what }));
  return { moved, unreadable: left };
}

async function underOtherKeys({ store, keyring }: Using): Promise<SealedValue[]> {
  const all = await store.read(everySealed);
  return all.filter(({ sealed }) => kidOf(sealed) !== keyring.activeKid);
}

async function moveBatch(
  { store, keyring, now }: Using,
  batch: readonly SealedValue[],
  unreadable: Map<string, SealedValue>,
  by: string,
): Promise<number> {
  const fresh: { value: SealedValue; sealed: string }[] = [];
  for (const value of batch) {
    const plain = await keyring.open(value.sealed, value.aad);
    if (plain === undefined) unreadable.set(value.sealed, value);
    else fresh.push({ value, sealed: await keyring.seal(plain, value.aad) });
  }
  return store.write(async (q) => {
    const movedIn = new Map<string, number>();
    for (const { value, sealed } of fresh) {
      if (!(await value.swap(q, sealed))) continue;
      const workspace = value.workspace ?? installation;
      movedIn.set(workspace, (movedIn.get(workspace) ?? 0) + 1);
    }
    // In one order, so that two of these never wait for each other.
    const workspaces = [...movedIn].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [workspace, count] of workspaces) {
      const line = {
        event: "secrets_rewrapped",
        subject: keyring.activeKid,
        detail: { count },
      };
      await appendAudit(q, { workspace, at: now(), actor: by, lines: [line] });
    }
    return workspaces.reduce((sum, [, count]) => sum + count, 0);
  });
}

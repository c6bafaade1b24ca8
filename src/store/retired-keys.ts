import { and, eq, isNotNull } from "drizzle-orm";
import type { Q } from "./handle.ts";
import { holding } from "./locking.ts";
import { kidOf } from "./seal.ts";

/** The key that this was sealed with has been let go of, so nothing is kept under it. */
export class KeyRetired extends Error {
  override readonly name = "KeyRetired";
  readonly kid: string;

  constructor(kid: string) {
    super(retiredWords(kid));
    this.kid = kid;
  }
}

export function retiredWords(kid: string): string {
  return `The key ${kid} was retired, and this process still seals with it. Nothing was stored. Whoever runs Fermata should restart it with the keyring as it is now.`;
}

/**
 * Stands before every write of something sealed, in its own transaction: a process that still has an older keyring
 * must not leave anything behind that the next start cannot open. Throws `KeyRetired`.
 */
export async function refuseRetired(q: Q, ...sealed: readonly string[]): Promise<void> {
  const { canaries } = q.t;
  for (const kid of new Set(sealed.map(kidOf))) {
    if (kid === undefined) continue;
    // Held until this is committed, so that whoever retires the key counts it.
    const [row] = await holding(q, q.select().from(canaries).where(eq(canaries.kid, kid)));
    if (row?.retiredAt) throw new KeyRetired(kid);
  }
}

export async function isRetired(q: Q, kid: string): Promise<boolean> {
  const { canaries } = q.t;
  return (await q.$count(canaries, and(eq(canaries.kid, kid), isNotNull(canaries.retiredAt)))) > 0;
}

/** From now on nothing is sealed with it; true the first time. It waits for whoever is just keeping something under it. */
export async function markRetired(q: Q, kid: string, at: Date): Promise<boolean> {
  const { canaries } = q.t;
  await q.insert(canaries).values({ kid, sealed: "" }).onConflictDoNothing();
  const [row] = await holding(q, q.select().from(canaries).where(eq(canaries.kid, kid)));
  if (row?.retiredAt) return false;
  await q.update(canaries).set({ retiredAt: at }).where(eq(canaries.kid, kid));
  return true;
}

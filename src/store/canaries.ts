import { randomBytes } from "node:crypto";
import { eq, isNotNull, ne } from "drizzle-orm";
import type { Q, Store } from "./handle.ts";
import { refuseRetired } from "./retired-keys.ts";
import { type Aad, auditKeyAad, auditKeyRow, type Keyring, kidOf } from "./seal.ts";
import { everySealed } from "./sealed.ts";

export type CanaryCheck = { ok: true } | { ok: false; wrong: string; sentence: string };

/**
 * Proves that the keyring is the one this database was sealed with, leaves a canary for every new key and
 * opens the audit's own key. Without it no audit line, and so no change, can be written.
 */
export async function checkCanaries(store: Store, keyring: Keyring): Promise<CanaryCheck> {
  const rows = await store.read((q) => q.select().from(q.t.canaries));
  const known = new Map(rows.map((row) => [row.kid, row.sealed]));
  for (const kid of keyring.kids) {
    const sealed = known.get(kid);
    if (sealed && (await keyring.open(sealed, canaryAad(kid))) !== kid) {
      return wrong(kid, `The key ${kid} is not the one this database was sealed with.`);
    }
  }
  const { activeKid } = keyring;
  if (rows.some(({ kid, retiredAt }) => kid === activeKid && retiredAt !== null))
    return wrong(activeKid, retiredFirst(activeKid));
  const auditKey = known.get(auditKeyRow) ?? (await plantAuditKey(store, keyring));
  const opened = await keyring.open(auditKey, auditKeyAad);
  if (opened === undefined) {
    const kid = kidOf(auditKey) ?? "unknown";
    return wrong(kid, `This database was sealed with the key ${kid}, which the keyring lacks.`);
  }
  store.keys.audit = Buffer.from(opened, "base64");
  await plantCanary(store, keyring, known);
  return { ok: true };
}

/** How many sealed values each key holds; a key that holds none may be dropped. */
export async function usagePerKey(q: Q): Promise<ReadonlyMap<string, number>> {
  const usage = new Map<string, number>();
  for (const { sealed } of await everySealed(q)) {
    const kid = kidOf(sealed) ?? "unreadable";
    usage.set(kid, (usage.get(kid) ?? 0) + 1);
  }
  return usage;
}

/** The keys that were once proved right here, those that were retired included. */
export async function provedKeys(q: Q): Promise<string[]> {
  const { canaries } = q.t;
  const rows = await q.select().from(canaries).where(ne(canaries.kid, auditKeyRow));
  return rows.map(({ kid }) => kid).sort();
}

/**
 * Keys that are still used and that the keyring lacks: somebody dropped a line too early. A name that was
 * never proved here is no key but damage, and stops nobody.
 */
export async function missingKeys(store: Store, keyring: Keyring): Promise<string[]> {
  return store.read(async (q) => {
    const usage = await usagePerKey(q);
    const proved = await provedKeys(q);
    return proved.filter((kid) => usage.has(kid) && !keyring.kids.includes(kid));
  });
}

/** The keys with which nothing is sealed any more. */
export async function retiredKeys(q: Q): Promise<string[]> {
  const { canaries } = q.t;
  const rows = await q.select().from(canaries).where(isNotNull(canaries.retiredAt));
  return rows.map(({ kid }) => kid);
}

function retiredFirst(kid: string): string {
  return `The key ${kid} was retired, but it stands first in the keyring, where it would seal what is new. Put another line first, or take its line out.`;
}

function canaryAad(kid: string): Aad {
  return ["canary", "v1", kid];
}

function wrong(kid: string, sentence: string): CanaryCheck {
  return { ok: false, wrong: kid, sentence };
}

/** Two processes may start at once: the first key stays, and both use it. */
async function plantAuditKey(store: Store, keyring: Keyring): Promise<string> {
  const sealed = await keyring.seal(randomBytes(32).toString("base64"), auditKeyAad);
  const rows = await store.write(async (q) => {
    const { canaries } = q.t;
    await refuseRetired(q, sealed);
    await q.insert(canaries).values({ kid: auditKeyRow, sealed }).onConflictDoNothing();
    return q.select().from(canaries).where(eq(canaries.kid, auditKeyRow));
  });
  return rows[0]?.sealed ?? sealed;
}

/** Only the active key can seal; an older one has its canary from when it was active. */
async function plantCanary(
  store: Store,
  keyring: Keyring,
  known: ReadonlyMap<string, string>,
): Promise<void> {
  const kid = keyring.activeKid;
  if (known.has(kid)) return;
  const sealed = await keyring.seal(kid, canaryAad(kid));
  await store.write((q) => q.insert(q.t.canaries).values({ kid, sealed }).onConflictDoNothing());
}

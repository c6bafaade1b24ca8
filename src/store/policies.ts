import { and, desc, eq, max } from "drizzle-orm";
import { Conflict } from "./errors.ts";
import type { Q } from "./handle.ts";

/** A workspace's policy as it was saved; `document` is what the policy file parser made of the file. */
export interface SavedPolicy {
  workspace: string;
  /** 1, 2, 3 …; 0 stands for the built-in policy and is never stored. */
  version: number;
  document: unknown;
  savedAt: Date;
  savedBy: string;
}

/** Undefined while the built-in policy holds. */
export async function latestPolicy(q: Q, workspace: string): Promise<SavedPolicy | undefined> {
  const { policies } = q.t;
  const [row] = await q
    .select()
    .from(policies)
    .where(eq(policies.workspace, workspace))
    .orderBy(desc(policies.version))
    .limit(1);
  return row;
}

export async function policyAt(
  q: Q,
  workspace: string,
  version: number,
): Promise<SavedPolicy | undefined> {
  const { policies } = q.t;
  const [row] = await q
    .select()
    .from(policies)
    .where(and(eq(policies.workspace, workspace), eq(policies.version, version)));
  return row;
}

/** Newest first. */
export async function policyVersions(q: Q, workspace: string): Promise<SavedPolicy[]> {
  const { policies } = q.t;
  return q
    .select()
    .from(policies)
    .where(eq(policies.workspace, workspace))
    .orderBy(desc(policies.version));
}

/** Which version is in force where, for every workspace that has saved one. */
export async function newestVersions(q: Q): Promise<{ workspace: string; version: number }[]> {
  const { policies } = q.t;
  const rows = await q
    .select({ workspace: policies.workspace, version: max(policies.version) })
    .from(policies)
    .groupBy(policies.workspace);
  return rows.map(({ workspace, version }) => ({ workspace, version: version ?? 0 }));
}

/** Saves the next version and gives its number; throws `Conflict` if somebody saved one just now. */
export async function savePolicy(q: Q, policy: Omit<SavedPolicy, "version">): Promise<number> {
  const { policies } = q.t;
  const version = ((await latestPolicy(q, policy.workspace))?.version ?? 0) + 1;
  const kept = await q
    .insert(policies)
    .values({ ...policy, version })
    .onConflictDoNothing()
    .returning({ version: policies.version });
  if (kept.length === 0) throw new Conflict(`policy ${version} was saved by somebody else`);
  return version;
}

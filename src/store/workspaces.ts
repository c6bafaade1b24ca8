import { and, asc, eq, inArray, isNotNull, isNull, lt, lte, or } from "drizzle-orm";
import { Conflict } from "./errors.ts";
import type { Q } from "./handle.ts";
import { refuseRetired } from "./retired-keys.ts";
import { filled } from "./rows.ts";
import type { Schema } from "./schema.ts";
import type { Aad } from "./seal.ts";

/** Fermata installed in a workspace "T…" or, org-wide, in an organisation "E…". */
export interface InstalledWorkspace {
  id: string;
  /** The organisation, on Enterprise Grid. */
  enterprise?: string;
  orgWide: boolean;
  /** Sealed to `tokenAad`. */
  sealedToken: string;
  /** Rises with every install; part of what the token is sealed to. */
  version: number;
  appId: string;
  botId: string;
  botUserId: string;
  /** With commas between them, as Slack granted them. */
  scopes: string;
  installedBy: string;
  installedAt: Date;
  /** Only where tokens rotate. */
  rotation?: Rotating;
}

/** A token that ends by itself, and what gives the next one. */
export interface Rotating {
  /** Sealed to `refreshAad`. */
  sealedRefresh: string;
  endsAt: Date;
  /** Nobody fetches the next one before this moment: half of its life, or when a lease ends. */
  refreshAfter: Date;
}

/** What a bot token is sealed to: moved to any other row, it does not open. */
export function tokenAad({ id, version }: Pick<InstalledWorkspace, "id" | "version">): Aad {
  return ["bot-token", "v1", id, version];
}

export function refreshAad({ id, version }: Pick<InstalledWorkspace, "id" | "version">): Aad {
  return ["refresh-token", "v1", id, version];
}

export async function installById(q: Q, id: string): Promise<InstalledWorkspace | undefined> {
  const { workspaces } = q.t;
  const [row] = await q.select().from(workspaces).where(eq(workspaces.id, id));
  return row && installOf(row);
}

/** A workspace's own install, or else that of the organisation which is known to serve it. */
export async function installFor(q: Q, workspace: string): Promise<InstalledWorkspace | undefined> {
  const own = await installById(q, workspace);
  if (own) return own;
  const { orgWorkspaces } = q.t;
  const [served] = await q
    .select()
    .from(orgWorkspaces)
    .where(eq(orgWorkspaces.workspace, workspace));
  return served && installById(q, served.enterprise);
}

/** For the operator's own commands, never for a person at Slack. */
export async function everyInstall(q: Q): Promise<InstalledWorkspace[]> {
  const rows = await q.select().from(q.t.workspaces).orderBy(asc(q.t.workspaces.id));
  return rows.map(installOf);
}

/** The first install, or a newer one in place of the version before it. Throws `Conflict` if another came first. */
export async function saveInstall(q: Q, install: InstalledWorkspace): Promise<void> {
  const { workspaces } = q.t;
  const { rotation, ...facts } = install;
  const row = { ...facts, enterprise: install.enterprise ?? null, ...rotationRow(rotation) };
  const { id, version } = install;
  await refuseRetired(q, install.sealedToken, ...(rotation ? [rotation.sealedRefresh] : []));
  const kept =
    version === 1
      ? await q
          .insert(workspaces)
          .values(row)
          .onConflictDoNothing()
          .returning({ id: workspaces.id })
      : await q
          .update(workspaces)
          .set(row)
          .where(and(eq(workspaces.id, id), eq(workspaces.version, version - 1)))
          .returning({ id: workspaces.id });
  if (kept.length === 0) throw new Conflict(`${id} was installed by somebody else just now`);
}

/** The same token sealed again under another key; false if the install changed meanwhile. */
export async function resealInstall(
  q: Q,
  { id }: Pick<InstalledWorkspace, "id">,
  column: "sealedToken" | "sealedRefresh",
  swap: { before: string; after: string },
): Promise<boolean> {
  await refuseRetired(q, swap.after);
  const { workspaces } = q.t;
  const kept = await q
    .update(workspaces)
    .set({ [column]: swap.after })
    .where(and(eq(workspaces.id, id), eq(workspaces[column], swap.before)))
    .returning({ id: workspaces.id });
  return kept.length === 1;
}

/** Remembers that an organisation's install serves a workspace. */
export async function rememberServed(q: Q, workspace: string, enterprise: string): Promise<void> {
  const { orgWorkspaces } = q.t;
  await q
    .insert(orgWorkspaces)
    .values({ workspace, enterprise })
    .onConflictDoUpdate({ target: orgWorkspaces.workspace, set: { enterprise } });
}

/** The workspaces that live by an organisation's install, without those that have their own. */
export async function servedBy(q: Q, enterprise: string): Promise<string[]> {
  const { orgWorkspaces, workspaces } = q.t;
  const served = await q
    .select()
    .from(orgWorkspaces)
    .where(eq(orgWorkspaces.enterprise, enterprise));
  const own = await q.select({ id: workspaces.id }).from(workspaces);
  const installed = new Set(own.map(({ id }) => id));
  return served.map(({ workspace }) => workspace).filter((id) => !installed.has(id));
}

/** True once for each state, which goes when its time is over. */
export async function useState(
  q: Q,
  used: { hash: string; expiresAt: Date },
  now: Date,
): Promise<boolean> {
  const { installStates } = q.t;
  await q.delete(installStates).where(lt(installStates.expiresAt, now));
  const kept = await q
    .insert(installStates)
    .values(used)
    .onConflictDoNothing()
    .returning({ hash: installStates.hash });
  return kept.length === 1;
}

export async function isUsedState(q: Q, hash: string): Promise<boolean> {
  const { installStates } = q.t;
  return (await q.$count(installStates, eq(installStates.hash, hash))) > 0;
}

function installOf(row: Schema["workspaces"]["$inferSelect"]): InstalledWorkspace {
  const { enterprise, sealedRefresh, tokenEndsAt, refreshAfter, refreshLease: _, ...rest } = row;
  const rotation =
    sealedRefresh !== null && tokenEndsAt && refreshAfter
      ? { sealedRefresh, endsAt: tokenEndsAt, refreshAfter }
      : undefined;
  return { ...rest, ...filled({ enterprise }), ...(rotation && { rotation }) };
}

function rotationRow(rotation: Rotating | undefined) {
  return {
    sealedRefresh: rotation?.sealedRefresh ?? null,
    tokenEndsAt: rotation?.endsAt ?? null,
    refreshAfter: rotation?.refreshAfter ?? null,
    refreshLease: null,
  };
}

type Held = Pick<InstalledWorkspace, "id" | "version">;

/**
 * True for one process alone, until `until`: it fetches the next token. `early` does not wait for the moment from
 * which on it is due, as this one has ended already.
 */
export async function leaseRefresh(
  q: Q,
  { id, version }: Held,
  wanted: { lease: string; until: Date; early: boolean },
  now: Date,
): Promise<boolean> {
  const { workspaces } = q.t;
  const { refreshLease, refreshAfter } = workspaces;
  const isDue = lte(refreshAfter, now);
  const kept = await q
    .update(workspaces)
    .set({ refreshLease: wanted.lease, refreshAfter: wanted.until })
    .where(
      and(
        eq(workspaces.id, id),
        eq(workspaces.version, version),
        wanted.early ? or(isDue, isNull(refreshLease)) : isDue,
      ),
    )
    .returning({ id: workspaces.id });
  return kept.length === 1;
}

/** Whoever holds the lease got no token. The lease stays, so that nobody tries again before `after`, early or not. */
export async function postponeRefresh(
  q: Q,
  { id }: Held,
  lease: string,
  after: Date,
): Promise<void> {
  const { workspaces } = q.t;
  await q
    .update(workspaces)
    .set({ refreshAfter: after })
    .where(and(eq(workspaces.id, id), eq(workspaces.refreshLease, lease)));
}

/** The next token in place of the last; false where the lease is another's by now, or the install a newer one. */
export async function saveRefreshed(
  q: Q,
  { id, version }: Held,
  lease: string,
  { sealedToken, rotation }: Pick<InstalledWorkspace, "sealedToken" | "rotation">,
): Promise<boolean> {
  await refuseRetired(q, sealedToken, ...(rotation ? [rotation.sealedRefresh] : []));
  const { workspaces } = q.t;
  const kept = await q
    .update(workspaces)
    .set({ sealedToken, ...rotationRow(rotation) })
    .where(
      and(
        eq(workspaces.id, id),
        eq(workspaces.version, version),
        eq(workspaces.refreshLease, lease),
      ),
    )
    .returning({ id: workspaces.id });
  return kept.length === 1;
}

/** Gives back every lease: whoever held one has died. Gives the installs whose next token may be on its way. */
export async function endEveryLease(q: Q, now: Date): Promise<InstalledWorkspace[]> {
  const { workspaces } = q.t;
  const rows = await q
    .update(workspaces)
    .set({ refreshLease: null, refreshAfter: now })
    .where(isNotNull(workspaces.refreshLease))
    .returning();
  return rows.map(installOf);
}

/** Compare-and-set: undefined, and nothing removed, unless that very install was made before that moment. */
export async function removeInstall(
  q: Q,
  wanted: { id: string; before: Date; botUsers?: readonly string[] | undefined },
): Promise<{ id: string } | undefined> {
  const { workspaces } = q.t;
  const { id, before, botUsers } = wanted;
  const [gone] = await q
    .delete(workspaces)
    .where(
      and(
        eq(workspaces.id, id),
        lt(workspaces.installedAt, before),
        botUsers && inArray(workspaces.botUserId, [...botUsers]),
      ),
    )
    .returning({ id: workspaces.id });
  return gone;
}

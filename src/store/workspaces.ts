import { and, asc, eq, inArray, lt } from "drizzle-orm";
import { Conflict } from "./errors.ts";
import type { Q } from "./handle.ts";
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
}

/** What a bot token is sealed to: moved to any other row, it does not open. */
export function tokenAad({ id, version }: Pick<InstalledWorkspace, "id" | "version">): Aad {
  return ["bot-token", "v1", id, version];
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
  const row = { ...install, enterprise: install.enterprise ?? null };
  const { id, version } = install;
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
  install: InstalledWorkspace,
  sealedToken: string,
): Promise<boolean> {
  const { workspaces } = q.t;
  const kept = await q
    .update(workspaces)
    .set({ sealedToken })
    .where(and(eq(workspaces.id, install.id), eq(workspaces.sealedToken, install.sealedToken)))
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

/** An install that somebody has begun in a browser; both texts are hashes. */
export interface BegunInstall {
  hash: string;
  browser: string;
  expiresAt: Date;
}

/** False if so many are open already that somebody must be playing. */
export async function beginInstall(q: Q, begun: BegunInstall, now: Date): Promise<boolean> {
  const { installStates } = q.t;
  await q.delete(installStates).where(lt(installStates.expiresAt, now));
  if ((await q.$count(installStates)) >= mostOpenInstalls) return false;
  await q.insert(installStates).values(begun);
  return true;
}
const mostOpenInstalls = 1000;

/** True once, for the browser that began it, while its time runs. */
export async function takeInstall(
  q: Q,
  begun: Omit<BegunInstall, "expiresAt">,
  now: Date,
): Promise<boolean> {
  const { installStates } = q.t;
  const [taken] = await q
    .delete(installStates)
    .where(and(eq(installStates.hash, begun.hash), eq(installStates.browser, begun.browser)))
    .returning();
  return taken !== undefined && taken.expiresAt > now;
}

function installOf(row: Schema["workspaces"]["$inferSelect"]): InstalledWorkspace {
  const { enterprise, ...rest } = row;
  return { ...rest, ...filled({ enterprise }) };
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

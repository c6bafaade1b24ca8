import { and, asc, eq, sql } from "drizzle-orm";
import type { VendorName } from "../domain/campaign.ts";
import { folded } from "../domain/normal-text.ts";
import type { Q } from "./handle.ts";
import { forgetLastList } from "./last-lists.ts";
import { refuseRetired } from "./retired-keys.ts";
import { filled } from "./rows.ts";
import type { Schema } from "./schema.ts";
import { type Aad, credentialAad } from "./seal.ts";

/** One account at one vendor, in one workspace. The secret is sealed here. */
export interface Connection {
  workspace: string;
  id: string;
  vendor: VendorName;
  name: string;
  /** Scheme, host, port. */
  baseUrl: string;
  options: Readonly<Record<string, string>>;
  sealedSecret: string;
  /** The secret's last four characters, for people to tell keys apart. */
  secretHint: string;
  /** Rises with every replacement; part of what the secret is sealed to. */
  version: number;
  /** The account it leads to, as far as it can be told; nothing of the key can be read from it. */
  account?: string;
  createdAt: Date;
  createdBy: string;
  /** Since when the vendor has refused its key, or it cannot be opened. */
  brokenSince?: Date;
}

/** Two names that are the same as they are compared are the same name. */
function nameKey(name: string): string {
  return folded(name);
}

/** Where a connection's secret belongs; sealed for one place, it opens in no other. */
export function secretPlace(
  place: Pick<Connection, "workspace" | "vendor" | "id" | "version">,
): Aad {
  const { workspace, vendor, id: connectionId, version } = place;
  return credentialAad({ workspace, vendor, connectionId, field: "secret", version });
}

/** By name. */
export async function listConnections(q: Q, workspace: string): Promise<Connection[]> {
  const { connections } = q.t;
  const rows = await q
    .select()
    .from(connections)
    .where(eq(connections.workspace, workspace))
    .orderBy(asc(connections.nameKey));
  return rows.map(connectionOf);
}

/** Of every workspace: for the operator's own commands, never for a person at Slack. */
export async function everyConnection(q: Q): Promise<Connection[]> {
  const { connections } = q.t;
  const rows = await q
    .select()
    .from(connections)
    .orderBy(asc(connections.workspace), asc(connections.nameKey));
  return rows.map(connectionOf);
}

export async function connectionById(
  q: Q,
  workspace: string,
  id: string,
): Promise<Connection | undefined> {
  const [row] = await q
    .select()
    .from(q.t.connections)
    .where(keyed(q, workspace, id));
  return row && connectionOf(row);
}

export async function connectionByName(
  q: Q,
  workspace: string,
  name: string,
): Promise<Connection | undefined> {
  // Not by the stored key: an older program may have made another one of the same name.
  const all = await listConnections(q, workspace);
  return all.find((one) => nameKey(one.name) === nameKey(name));
}

/** False if the workspace has a connection of this name already. */
export async function addConnection(q: Q, connection: Connection): Promise<boolean> {
  await refuseRetired(q, connection.sealedSecret);
  const { connections } = q.t;
  const kept = await q
    .insert(connections)
    .values({ ...connection, nameKey: nameKey(connection.name) })
    .onConflictDoNothing({ target: [connections.workspace, connections.nameKey] })
    .returning({ id: connections.id });
  return kept.length === 1;
}

/** Everything that a new key may bring; `version` is the one it was sealed to. */
export type ConnectionReplacement = Pick<
  Connection,
  "baseUrl" | "options" | "sealedSecret" | "secretHint" | "version" | "account"
>;

/** Compare-and-set: false unless the stored version is the one just before the replacement's. */
export async function replaceConnection(
  q: Q,
  workspace: string,
  id: string,
  replacement: ConnectionReplacement,
): Promise<boolean> {
  await refuseRetired(q, replacement.sealedSecret);
  const { connections } = q.t;
  const kept = await q
    .update(connections)
    .set({ ...replacement, account: replacement.account ?? null, brokenSince: null })
    .where(and(keyed(q, workspace, id), eq(connections.version, replacement.version - 1)))
    .returning({ id: connections.id });
  return kept.length === 1;
}

/** The same secret sealed again under another key; false if the connection changed meanwhile. */
export async function resealConnection(
  q: Q,
  connection: Connection,
  sealedSecret: string,
): Promise<boolean> {
  await refuseRetired(q, sealedSecret);
  const { connections } = q.t;
  const kept = await q
    .update(connections)
    .set({ sealedSecret })
    .where(
      and(
        keyed(q, connection.workspace, connection.id),
        eq(connections.sealedSecret, connection.sealedSecret),
      ),
    )
    .returning({ id: connections.id });
  return kept.length === 1;
}

/** Fills in the account of a connection from before accounts were kept, unless it changed meanwhile. */
export async function noteAccount(
  q: Q,
  { workspace, id, version }: Connection,
  account: string,
): Promise<void> {
  const { connections } = q.t;
  await q
    .update(connections)
    .set({ account })
    .where(
      and(
        keyed(q, workspace, id),
        eq(connections.version, version),
        sql`${connections.account} is null`,
      ),
    );
}

/** Keeps the first moment; true if it was well until now. */
export async function markBroken(q: Q, workspace: string, id: string, at: Date): Promise<boolean> {
  const { connections } = q.t;
  const kept = await q
    .update(connections)
    .set({ brokenSince: at })
    .where(and(keyed(q, workspace, id), sql`${connections.brokenSince} is null`))
    .returning({ id: connections.id });
  return kept.length === 1;
}

export async function markWell(q: Q, workspace: string, id: string): Promise<void> {
  await q
    .update(q.t.connections)
    .set({ brokenSince: null })
    .where(keyed(q, workspace, id));
}

/** With what its list last showed. False if there was none. */
export async function removeConnection(q: Q, workspace: string, id: string): Promise<boolean> {
  const { connections } = q.t;
  await forgetLastList(q, workspace, id);
  const gone = await q
    .delete(connections)
    .where(keyed(q, workspace, id))
    .returning({ id: connections.id });
  return gone.length === 1;
}

function keyed(q: Q, workspace: string, id: string) {
  const { connections } = q.t;
  return and(eq(connections.workspace, workspace), eq(connections.id, id));
}

function connectionOf(row: Schema["connections"]["$inferSelect"]): Connection {
  const { nameKey: _, brokenSince, account, ...rest } = row;
  return { ...rest, ...filled({ brokenSince, account }) };
}

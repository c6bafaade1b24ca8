import { and, eq } from "drizzle-orm";
import { everyConnection, resealConnection, secretPlace } from "./connections.ts";
import type { Q } from "./handle.ts";
import { refuseRetired } from "./retired-keys.ts";
import { type Aad, auditKeyAad, auditKeyRow } from "./seal.ts";
import { everyInstall, refreshAad, resealInstall, tokenAad } from "./workspaces.ts";

/** One sealed text where it stands, with what it takes to open it. */
export interface SealedValue {
  /** Undefined for what belongs to the whole installation. */
  workspace: string | undefined;
  /** For people: "the connection burki". */
  what: string;
  sealed: string;
  aad: Aad;
  /** Compare-and-set: false, and nothing written, if the row no longer holds `sealed`. */
  swap(q: Q, fresh: string): Promise<boolean>;
}

/**
 * Every column of the database that holds something sealed. What counts the uses of a key and what moves
 * seals to another key goes by this list, so a new sealed column is one line here.
 */
const sealedColumns: readonly ((q: Q) => Promise<SealedValue[]>)[] = [
  auditKeys,
  connectionSecrets,
  botTokens,
  refreshTokens,
];

/** Every sealed text of the database. */
export async function everySealed(q: Q): Promise<SealedValue[]> {
  const all: SealedValue[] = [];
  for (const column of sealedColumns) all.push(...(await column(q)));
  return all;
}

async function connectionSecrets(q: Q): Promise<SealedValue[]> {
  const connections = await everyConnection(q);
  return connections.map((connection) => ({
    workspace: connection.workspace,
    what: `the connection ${connection.name}`,
    sealed: connection.sealedSecret,
    aad: secretPlace(connection),
    swap: (write, fresh) => resealConnection(write, connection, fresh),
  }));
}

async function botTokens(q: Q): Promise<SealedValue[]> {
  const installs = await everyInstall(q);
  return installs.map((install) => ({
    workspace: install.id,
    what: `the bot token of ${install.id}`,
    sealed: install.sealedToken,
    aad: tokenAad(install),
    swap: (write, after) =>
      resealInstall(write, install, "sealedToken", { before: install.sealedToken, after }),
  }));
}

async function refreshTokens(q: Q): Promise<SealedValue[]> {
  const installs = await everyInstall(q);
  return installs.flatMap((install) => {
    const { id, rotation } = install;
    if (!rotation) return [];
    const { sealedRefresh: sealed } = rotation;
    return {
      workspace: id,
      what: `what refreshes the bot token of ${id}`,
      sealed,
      aad: refreshAad(install),
      swap: (write, after) =>
        resealInstall(write, install, "sealedRefresh", { before: sealed, after }),
    };
  });
}

async function auditKeys(q: Q): Promise<SealedValue[]> {
  const rows = await q.select().from(q.t.canaries).where(eq(q.t.canaries.kid, auditKeyRow));
  return rows.map(({ sealed }) => ({
    workspace: undefined,
    what: "the key of the audit",
    sealed,
    aad: auditKeyAad,
    async swap(write, fresh) {
      await refuseRetired(write, fresh);
      const { canaries } = write.t;
      const kept = await write
        .update(canaries)
        .set({ sealed: fresh })
        .where(and(eq(canaries.kid, auditKeyRow), eq(canaries.sealed, sealed)))
        .returning({ kid: canaries.kid });
      return kept.length === 1;
    },
  }));
}

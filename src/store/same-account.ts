import { and, eq, inArray, or, type SQL } from "drizzle-orm";
import type { Q } from "./handle.ts";

/** Every connection, present or past, and every account value under which one account's campaigns are on record. */
interface Kin {
  connectionIds: readonly string[];
  accounts: readonly string[];
}

/** A connection, the account that a change had of it, and the other connections that lead there. */
export async function kinOf(
  q: Q,
  workspace: string,
  { connectionId, account }: { connectionId: string; account?: string | undefined },
): Promise<Kin> {
  const { connections } = q.t;
  const ofWorkspace = eq(connections.workspace, workspace);
  const columns = { id: connections.id, account: connections.account };
  const own = await q
    .select(columns)
    .from(connections)
    .where(and(ofWorkspace, eq(connections.id, connectionId)));
  const told = [account, ...own.map((row) => row.account)];
  const accounts = [...new Set(told.filter((one) => typeof one === "string"))];
  const others =
    accounts.length > 0
      ? await q
          .select(columns)
          .from(connections)
          .where(and(ofWorkspace, inArray(connections.account, accounts)))
      : [];
  return { connectionIds: [...new Set([connectionId, ...others.map(({ id }) => id)])], accounts };
}

/** The targets of these campaigns, through whichever connection they were asked for. */
export function targetsOf(
  q: Q,
  workspace: string,
  { connectionIds, accounts }: Kin,
  campaignIds: readonly string[],
): SQL | undefined {
  const { targets } = q.t;
  const ids = inArray(targets.campaignId, [...campaignIds]);
  return or(
    and(eq(targets.workspace, workspace), inArray(targets.connectionId, [...connectionIds]), ids),
    accounts.length > 0
      ? and(eq(targets.workspace, workspace), inArray(targets.account, [...accounts]), ids)
      : undefined,
  );
}

/** One name for all connections of an account, whatever they are called and were called before. */
export async function accountNames(
  q: Q,
  workspace: string,
  seen: readonly { connectionId: string; account: string | null }[],
): Promise<(connectionId: string) => string> {
  const { connections } = q.t;
  const rows = await q
    .select({ connectionId: connections.id, account: connections.account })
    .from(connections)
    .where(eq(connections.workspace, workspace));
  const parents = new Map<string, string>();
  const rootOf = (one: string): string => {
    let root = one;
    for (let up = parents.get(root); up !== undefined; up = parents.get(root)) root = up;
    return root;
  };
  for (const { connectionId, account } of [...rows, ...seen]) {
    if (account === null || rootOf(connectionId) === rootOf(account)) continue;
    parents.set(rootOf(connectionId), rootOf(account));
  }
  return rootOf;
}

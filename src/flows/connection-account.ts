import { accountMark } from "../store/account-mark.ts";
import { type Connection, noteAccount } from "../store/connections.ts";
import type { World } from "../world.ts";

/** The account that this key opens at this address, as far as it can be told. */
export function accountOf(
  { store, vendors }: World,
  connection: Pick<Connection, "workspace" | "vendor" | "baseUrl" | "options">,
  secret: Readonly<Record<string, string>>,
): string {
  const ownName = vendors[connection.vendor].ownName?.(connection.options);
  return accountMark(store, { ...connection, ownName, secret });
}

/** A connection from before accounts were kept gets its account the first time its key is opened. */
export async function withAccount(
  world: World,
  connection: Connection,
  secret: Readonly<Record<string, string>>,
): Promise<Connection> {
  if (connection.account !== undefined) return connection;
  const account = accountOf(world, connection, secret);
  await world.store.write((q) => noteAccount(q, connection, account));
  return { ...connection, account };
}

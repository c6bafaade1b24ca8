import { accountMark } from "../store/account-mark.ts";
import { type Connection, noteAccount } from "../store/connections.ts";
import type { World } from "../world.ts";

type Place = Pick<Connection, "id" | "workspace" | "vendor" | "version" | "baseUrl" | "options">;

/** The account that this key opens at this address, as far as it can be told. */
export function accountOf(
  world: World,
  place: Place,
  secret: Readonly<Record<string, string>>,
): string {
  return accountMark(world.store, { ...place, ownName: ownNameOf(world, place, secret), secret });
}

/** What the vendor calls it: from the options, or because a call through this key has told. */
function ownNameOf(
  { vendors }: World,
  { id: connectionId, vendor, version, baseUrl, options }: Place,
  secret: Readonly<Record<string, string>>,
): readonly (string | undefined)[] | undefined {
  const { ownName, open } = vendors[vendor];
  if (ownName) return ownName(options);
  const told = open({ connectionId, version, baseUrl, options, secret }).whose?.();
  return told === undefined ? undefined : [told];
}

/**
 * A connection from before accounts were kept gets its account the first time its key is opened. One that has an account
 * keeps it until it is connected again: the changes that are open on its campaigns go by it.
 */
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

import { z } from "zod";
import { type Connection, connectionById } from "../store/connections.ts";
import { credentialAad } from "../store/seal.ts";
import type { OpenAccount, Vendor } from "../vendors/vendor.ts";
import type { World } from "../world.ts";

export type Opened =
  | { kind: "open"; connection: Connection; vendor: Vendor; account: OpenAccount }
  | { kind: "gone"; sentence: string }
  | { kind: "sealed"; sentence: string };

/** Opens a connection's account; the secret is in the clear only inside it. */
export async function openConnection(
  world: World,
  workspace: string,
  connectionId: string,
): Promise<Opened> {
  const connection = await world.store.read((q) => connectionById(q, workspace, connectionId));
  if (!connection) {
    return { kind: "gone", sentence: "This connection has been removed. Nothing was sent." };
  }
  return openAccount(world, connection);
}

export async function openAccount(world: World, connection: Connection): Promise<Opened> {
  const secret = await openSecret(world, connection);
  if (!secret) {
    const sentence = `The key of ${connection.name} could not be opened. Nothing was sent. An admin can reconnect it: /campaign connect ${connection.vendor}.`;
    return { kind: "sealed", sentence };
  }
  const vendor = world.vendors[connection.vendor];
  const { id: connectionId, version, baseUrl, options } = connection;
  return {
    kind: "open",
    connection,
    vendor,
    account: vendor.open({ connectionId, version, baseUrl, options, secret }),
  };
}

const secretShape = z.record(z.string(), z.string());

async function openSecret(
  world: World,
  connection: Connection,
): Promise<Record<string, string> | undefined> {
  const plain = await world.keyring.open(connection.sealedSecret, secretPlace(connection));
  return plain === undefined ? undefined : secretShape.parse(JSON.parse(plain));
}

/** Where a connection's secret belongs; sealed for one place, it opens in no other. */
export function secretPlace(place: Pick<Connection, "workspace" | "vendor" | "id" | "version">) {
  const { workspace, vendor, id: connectionId, version } = place;
  return credentialAad({ workspace, vendor, connectionId, field: "secret", version });
}

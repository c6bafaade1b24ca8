import { z } from "zod";
import { provedKeys } from "../store/canaries.ts";
import { commit } from "../store/commit.ts";
import { type Connection, connectionById, markBroken, secretPlace } from "../store/connections.ts";
import { isPutBack } from "../store/recorded-version.ts";
import { kidOf } from "../store/seal.ts";
import type { OpenAccount, Vendor } from "../vendors/vendor.ts";
import type { World } from "../world.ts";
import { withAccount } from "./connection-account.ts";

export type Opened =
  | { kind: "open"; connection: Connection; vendor: Vendor; account: OpenAccount }
  | ({ kind: "gone" } & Unopened)
  | ({ kind: "sealed" } & Unopened);

/** `why` says nothing of what was sent, for whoever knows that; `sentence` is for those who sent nothing. */
interface Unopened {
  why: string;
  next?: string;
  sentence: string;
}

function closed(why: string, sent: string, next?: string): Unopened {
  const sentence = [why, sent, next].filter(Boolean).join(" ");
  return { why, sentence, ...(next !== undefined && { next }) };
}

/** No call of ours has left through it. */
const noCalls = "Nothing was sent.";

/**
 * Opens a connection's account; the secret is in the clear only inside it. `sent` says what is known of the calls that
 * have left through it, for where it cannot be opened.
 */
export async function openConnection(
  world: World,
  workspace: string,
  connectionId: string,
  sent = noCalls,
): Promise<Opened> {
  const connection = await world.store.read((q) => connectionById(q, workspace, connectionId));
  if (!connection) {
    return { kind: "gone", ...closed("This connection has been removed.", sent) };
  }
  return openAccount(world, connection, sent);
}

export async function openAccount(
  world: World,
  connection: Connection,
  sent = noCalls,
): Promise<Opened> {
  if (await isPutBack(world.store, connection)) {
    await noteBroken(world, connection, "an older key was put back in place of a newer one");
    return { kind: "sealed", ...unopened(connection, sent) };
  }
  const secret = await openSecret(world, connection);
  if (!secret) return { kind: "sealed", ...(await whySealed(world, connection, sent)) };
  const vendor = world.vendors[connection.vendor];
  const { id: connectionId, version, baseUrl, options } = connection;
  return {
    kind: "open",
    connection: await withAccount(world, connection, secret),
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

/** A key that this process has not read yet mends itself with a restart; anything else needs a new key. */
async function whySealed(world: World, connection: Connection, sent: string): Promise<Unopened> {
  const kid = kidOf(connection.sealedSecret);
  const proved = await world.store.read(provedKeys);
  if (kid !== undefined && proved.includes(kid) && !world.keyring.kids.includes(kid)) {
    return closed(
      `The key of ${connection.name} is sealed with a key that this process does not have.`,
      sent,
      "Whoever runs Fermata should restart it with the whole keyring.",
    );
  }
  await noteBroken(world, connection, "its sealed key does not open");
  return unopened(connection, sent);
}

function unopened({ name, vendor }: Connection, sent: string): Unopened {
  return closed(
    `The key of ${name} could not be opened.`,
    sent,
    `An admin can reconnect it: /campaign connect ${vendor}.`,
  );
}

/** On record once; the sealed text stays as it is, for whoever has to find out what happened to it. */
async function noteBroken(world: World, { workspace, id }: Connection, why: string): Promise<void> {
  const at = world.now();
  const audit = [{ event: "connection_broken", subject: id, detail: { why } }];
  await world.store.write(async (q) => {
    if (!(await markBroken(q, workspace, id, at))) return;
    await commit(q, { workspace, at, actor: "fermata", audit });
  });
}

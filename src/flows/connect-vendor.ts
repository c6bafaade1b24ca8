import type { VendorName } from "../domain/campaign.ts";
import { vendorTitles } from "../domain/campaign.ts";
import { isGrammarWord } from "../domain/connection-name.ts";
import { normalText } from "../domain/normal-text.ts";
import { commit } from "../store/commit.ts";
import {
  addConnection,
  type Connection,
  connectionByName,
  listConnections,
  replaceConnection,
  secretPlace,
} from "../store/connections.ts";
import { KeyRetired } from "../store/retired-keys.ts";
import { explain } from "../vendors/explain.ts";
import { isPassing, VendorFailure } from "../vendors/failure.ts";
import type { World } from "../world.ts";
import { completeConnection } from "./complete-connection.ts";
import { accountOf } from "./connection-account.ts";
import { checkConnection } from "./connection-problems.ts";
import { openAccount } from "./open-connection.ts";

/** An account as someone gave it: options and secret by the vendor's field names. */
export interface NewConnection {
  workspace: string;
  vendor: VendorName;
  name: string;
  baseUrl?: string;
  options: Readonly<Record<string, string>>;
  secret: Readonly<Record<string, string>>;
  by: string;
}

export type Connected =
  | { kind: "connected"; connection: Connection; replaced: boolean }
  | NotConnected;
export type NotConnected = Invalid | NotAccepted;
/** `field` is a field's name, or `name` or `baseUrl`; nothing was stored. */
export interface Invalid {
  kind: "invalid";
  problems: readonly { field: string; sentence: string }[];
}
/** `passing`: the vendor could not be asked just now; otherwise the answer was no. Nothing was stored. */
export interface NotAccepted {
  kind: "not_accepted";
  sentence: string;
  passing: boolean;
}

/** Stores a connection, sealed; with `check`, only after the vendor has accepted the key. */
export async function connectVendor(
  world: World,
  wanted: NewConnection,
  options: { check: boolean },
): Promise<Connected> {
  const named = { ...wanted, name: normalText(wanted.name) };
  const invalid = checkConnection(world, named) ?? (await wordOfGrammar(world, named));
  if (invalid) return invalid;
  const refusal = options.check ? await tryKey(world, named) : undefined;
  if (refusal) return refusal;
  try {
    return await keep(world, await completeConnection(world, named));
  } catch (error) {
    if (error instanceof KeyRetired)
      return { kind: "not_accepted", sentence: error.message, passing: false };
    throw error;
  }
}

/** One that is called so from before may have its key replaced; doctor says what to do about its name. */
async function wordOfGrammar(
  world: World,
  { workspace, name }: NewConnection,
): Promise<Invalid | undefined> {
  if (!isGrammarWord(name)) return undefined;
  if (await world.store.read((q) => connectionByName(q, workspace, name))) return undefined;
  const sentence = `“${name}” is a word of the command itself. Choose another name, ${name}-1 for example.`;
  return { kind: "invalid", problems: [{ field: "name", sentence }] };
}

/** Undefined when the vendor accepts the key, else why not. */
export async function tryKey(
  world: World,
  wanted: NewConnection,
): Promise<NotAccepted | undefined> {
  const vendor = world.vendors[wanted.vendor];
  const { options, secret, baseUrl } = await completeConnection(world, wanted);
  const account = { connectionId: world.newId("try"), version: 0, baseUrl, options, secret };
  try {
    await vendor.open(account).check();
    return undefined;
  } catch (error) {
    if (!(error instanceof VendorFailure)) throw error;
    const title = vendorTitles[wanted.vendor];
    const { kind, sentence: known } = error.facts;
    // The general words are for a key that was good once.
    const told = kind === "unauthorized" ? `${title} does not accept this key.` : undefined;
    const facts = { ...error.facts, ...(!known && told && { sentence: told }) };
    const { sentence } = explain(facts, { changing: false });
    return {
      kind: "not_accepted",
      sentence: `${title} was not connected. ${sentence}`,
      passing: isPassing(error),
    };
  }
}

async function keep(world: World, wanted: NewConnection & { baseUrl: string }): Promise<Connected> {
  const { workspace, vendor, name, by } = wanted;
  const old = await world.store.read((q) => connectionByName(q, workspace, name));
  if (old && old.vendor !== vendor) {
    const sentence = `The name ${name} belongs to a ${vendorTitles[old.vendor]} connection. Choose another name.`;
    return { kind: "invalid", problems: [{ field: "name", sentence }] };
  }
  const connection = await sealed(world, wanted, old);
  const twin = await twinOf(world, connection);
  if (twin) return alreadyConnected(twin);
  const { id, version } = connection;
  const detail = { name: connection.name, vendor, version };
  const audit = [{ event: "connected", subject: id, detail }];
  // Strict: that nobody else connects the same account at the same moment is a rule over several rows.
  const stored = await world.store.write(
    async (q) => {
      const twin = ofOneAccount(await listConnections(q, workspace), connection);
      if (twin) return twin;
      const done = old
        ? await replaceConnection(q, workspace, id, { ...connection })
        : await addConnection(q, connection);
      if (done) await commit(q, { workspace, at: connection.createdAt, actor: by, audit });
      return done;
    },
    { strict: true },
  );
  if (typeof stored === "object") return alreadyConnected(stored);
  if (stored) return { kind: "connected", connection, replaced: old !== undefined };
  const sentence =
    "Somebody changed this connection at the same moment. Nothing was stored. Please try again.";
  return { kind: "not_accepted", sentence, passing: true };
}

async function sealed(
  world: World,
  wanted: NewConnection & { baseUrl: string },
  old: Connection | undefined,
): Promise<Connection> {
  const { workspace, vendor, name, baseUrl, options, secret, by } = wanted;
  const version = (old?.version ?? 0) + 1;
  const place = { workspace, vendor, id: old?.id ?? world.newId("con"), version };
  return {
    ...place,
    name: old?.name ?? name,
    baseUrl,
    options,
    sealedSecret: await world.keyring.seal(JSON.stringify(secret), secretPlace(place)),
    secretHint: hintOf(secret),
    createdAt: world.now(),
    createdBy: by,
    account: accountOf(world, { ...place, baseUrl, options }, secret),
  };
}

/** Another connection of this workspace that leads to the same account; those from before accounts were kept are opened to find out. */
async function twinOf(world: World, connection: Connection): Promise<Connection | undefined> {
  const { workspace, vendor } = connection;
  const all = await world.store.read((q) => listConnections(q, workspace));
  for (const one of all.filter((other) => other.vendor === vendor && !other.account))
    await openAccount(world, one);
  return ofOneAccount(await world.store.read((q) => listConnections(q, workspace)), connection);
}

function ofOneAccount(all: readonly Connection[], { id, account }: Connection) {
  return all.find((one) => one.id !== id && one.account === account);
}

/** Two names for one account would be two ways past whatever is held under the other. */
function alreadyConnected({ name }: Connection): Invalid {
  const sentence = `This account is connected already, as ${name}. Use that connection; to replace its key, connect it under the name ${name} again.`;
  return { kind: "invalid", problems: [{ field: "name", sentence }] };
}

/** The last four characters of the last secret field: enough to tell two keys apart. */
function hintOf(secret: Readonly<Record<string, string>>): string {
  const value = Object.values(secret).at(-1) ?? "";
  return value.length >= 12 ? value.slice(-4) : "";
}

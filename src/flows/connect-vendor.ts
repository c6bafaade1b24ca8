import type { VendorName } from "../domain/campaign.ts";
import { vendorTitles } from "../domain/campaign.ts";
import { commit } from "../store/commit.ts";
import {
  addConnection,
  type Connection,
  connectionByName,
  replaceConnection,
} from "../store/connections.ts";
import { explain } from "../vendors/explain.ts";
import { isPassing, VendorFailure } from "../vendors/failure.ts";
import { checkBaseUrl } from "../vendors/http.ts";
import type { Field, Vendor } from "../vendors/vendor.ts";
import type { World } from "../world.ts";
import { secretPlace } from "./open-connection.ts";

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
export type NotConnected =
  /** `field` is a field's name, or `name` or `baseUrl`; nothing was stored. */
  { kind: "invalid"; problems: readonly { field: string; sentence: string }[] } | NotAccepted;
/** `passing`: the vendor could not be asked just now; otherwise the answer was no. Nothing was stored. */
export interface NotAccepted {
  kind: "not_accepted";
  sentence: string;
  passing: boolean;
}

/** Checks what can be checked without a call; the same for the modal and the command line. */
export function checkConnection(world: World, wanted: NewConnection): NotConnected | undefined {
  const vendor = world.vendors[wanted.vendor];
  const problems = [
    ...nameProblems(wanted.name),
    ...vendor.fields.flatMap((field) => fieldProblems(field, wanted)),
    ...baseUrlProblems(world, vendor, wanted),
  ];
  return problems.length > 0 ? { kind: "invalid", problems } : undefined;
}

/** Stores a connection, sealed; with `check`, only after the vendor has accepted the key. */
export async function connectVendor(
  world: World,
  wanted: NewConnection,
  options: { check: boolean },
): Promise<Connected> {
  const invalid = checkConnection(world, wanted);
  if (invalid) return invalid;
  const baseUrl = wanted.baseUrl ?? world.vendors[wanted.vendor].defaultBaseUrl(wanted.options);
  const complete = { ...wanted, baseUrl: new URL(baseUrl).origin };
  if (options.check) {
    const refusal = await tryKey(world, complete);
    if (refusal) return refusal;
  }
  return keep(world, complete);
}

function nameProblems(name: string) {
  return /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u.test(name)
    ? []
    : [{ field: "name", sentence: "Use 1 to 40 letters, digits, dots, dashes or underscores." }];
}

function fieldProblems(field: Field, wanted: NewConnection) {
  const value = (field.secret ? wanted.secret : wanted.options)[field.name];
  if (!value)
    return field.required ? [{ field: field.name, sentence: `${field.label} is missing.` }] : [];
  if (field.choices && !field.choices.includes(value)) {
    return [{ field: field.name, sentence: `Choose one of ${field.choices.join(", ")}.` }];
  }
  if (field.secret && !/^[\x21-\x7e]{4,512}$/.test(value)) {
    return [
      {
        field: field.name,
        sentence: "This does not look like a key: spaces or characters that no key has.",
      },
    ];
  }
  return /^[\x20-\x7e]{1,300}$/.test(value)
    ? []
    : [{ field: field.name, sentence: "Use plain letters, digits and signs." }];
}

function baseUrlProblems(world: World, vendor: Vendor, { baseUrl }: NewConnection) {
  if (baseUrl === undefined) return [];
  const checked = checkBaseUrl(vendor, baseUrl, world.egressAllow);
  return checked.ok ? [] : [{ field: "baseUrl", sentence: checked.sentence }];
}

/** Undefined when the vendor accepts the key, else why not. */
export async function tryKey(
  world: World,
  wanted: NewConnection,
): Promise<NotAccepted | undefined> {
  const { options, secret } = wanted;
  const vendor = world.vendors[wanted.vendor];
  const baseUrl = wanted.baseUrl ?? vendor.defaultBaseUrl(options);
  const account = { connectionId: world.newId("try"), version: 0, baseUrl, options, secret };
  try {
    await vendor.open(account).check();
    return undefined;
  } catch (error) {
    if (!(error instanceof VendorFailure)) throw error;
    const { sentence } = explain(error.facts, { changing: false });
    return {
      kind: "not_accepted",
      sentence: `${vendorTitles[wanted.vendor]} was not connected. ${sentence}`,
      passing: isPassing(error),
    };
  }
}

async function keep(world: World, wanted: NewConnection & { baseUrl: string }): Promise<Connected> {
  const { workspace, vendor, name, baseUrl, options, secret, by } = wanted;
  const old = await world.store.read((q) => connectionByName(q, workspace, name));
  if (old && old.vendor !== vendor) {
    const sentence = `The name ${name} belongs to a ${vendorTitles[old.vendor]} connection. Choose another name.`;
    return { kind: "invalid", problems: [{ field: "name", sentence }] };
  }
  const now = world.now();
  const place = {
    workspace,
    vendor,
    id: old?.id ?? world.newId("con"),
    version: (old?.version ?? 0) + 1,
  };
  const sealedSecret = await world.keyring.seal(JSON.stringify(secret), secretPlace(place));
  const connection: Connection = {
    ...place,
    name: old?.name ?? name,
    baseUrl,
    options,
    sealedSecret,
    secretHint: hintOf(secret),
    createdAt: now,
    createdBy: by,
  };
  const stored = await world.store.write(async (q) => {
    const done = old
      ? await replaceConnection(q, workspace, old.id, { ...connection })
      : await addConnection(q, connection);
    if (!done) return false;
    const detail = { name: connection.name, vendor, version: connection.version };
    await commit(q, {
      workspace,
      at: now,
      actor: by,
      audit: [{ event: "connected", subject: connection.id, detail }],
    });
    return true;
  });
  if (stored) return { kind: "connected", connection, replaced: old !== undefined };
  const sentence =
    "Somebody changed this connection at the same moment. Nothing was stored. Please try again.";
  return { kind: "not_accepted", sentence, passing: true };
}

/** The last four characters of the last secret field: enough to tell two keys apart. */
function hintOf(secret: Readonly<Record<string, string>>): string {
  const value = Object.values(secret).at(-1) ?? "";
  return value.length >= 12 ? value.slice(-4) : "";
}

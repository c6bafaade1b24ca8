import type { AllMiddlewareArgs, SlackViewMiddlewareArgs } from "@slack/bolt";
import { type VendorName, vendorNames } from "../../domain/campaign.ts";
import { mayConfigure } from "../../domain/rights.ts";
import {
  checkConnection,
  connectVendor,
  type NewConnection,
  type NotConnected,
  tryKey,
} from "../../flows/connect-vendor.ts";
import { newJob } from "../../queue/kinds.ts";
import { enqueue } from "../../store/jobs.ts";
import {
  type ConnectForm,
  connectError,
  connectModal,
  readConnectModal,
} from "../cards/connect-modal.ts";
import { connectVendorModal, readConnectVendorModal } from "../cards/connect-vendor-modal.ts";
import { type Desk, type Origin, visitorOf } from "./desk.ts";
import { openModal } from "./open-modal.ts";
import { onPress } from "./press.ts";

type Args = SlackViewMiddlewareArgs & AllMiddlewareArgs;

export async function openConnect(
  desk: Desk,
  origin: Origin,
  triggerId: string,
  vendor?: VendorName,
): Promise<void> {
  await openModal(desk, origin, triggerId, "Connect", async ({ person, policy }) => {
    const leave = mayConfigure(person, policy.policy);
    if (!leave.ok) return leave;
    return vendor ? formFor(desk, vendor, origin.channel) : connectVendorModal(origin.channel);
  });
}

function formFor(desk: Desk, vendor: VendorName, channel: string) {
  return connectModal({ vendor, channel, fields: desk.world.vendors[vendor].fields });
}

export const chooseVendor =
  (desk: Desk) =>
  async ({ ack, view }: Args): Promise<void> => {
    const read = readConnectVendorModal(view.state.values);
    if (!read.ok) return ack({ response_action: "errors", errors: read.errors });
    const form = formFor(desk, read.content.vendor, view.private_metadata);
    await ack({ response_action: "update", view: form });
  };

/** Slack waits three seconds; a vendor that needs longer is asked again afterwards. */
const checkWithinMs = 1_500;

/**
 * The one request that holds a key. It is never stored as it came: the key is sealed in memory and
 * only its sealed form is committed before the form closes.
 */
export const submitConnect =
  (desk: Desk) =>
  async ({ ack, view, body }: Args): Promise<void> => {
    const { world } = desk;
    const place = readPlace(view.private_metadata);
    if (!place) return ack();
    const workspace = body.team?.id ?? "";
    const { fields } = world.vendors[place.vendor];
    const read = readConnectModal(view.state.values, fields);
    if (!read.ok) return ack({ response_action: "errors", errors: read.errors });
    const visitor = await visitorOf(desk, workspace, body.user.id);
    const leave =
      visitor.kind === "person"
        ? mayConfigure(visitor.person, visitor.policy.policy)
        : { ok: false as const, sentence: visitor.sentence };
    if (!leave.ok) return ack({ response_action: "errors", errors: { name: leave.sentence } });
    const wanted = wantedOf(desk, workspace, place.vendor, read.content, body.user.id);
    const errors = await whyNot(desk, wanted);
    if (errors) return ack({ response_action: "errors", errors });
    const connected = await connectVendor(world, wanted, { check: false });
    if (connected.kind !== "connected") {
      return ack({ response_action: "errors", errors: errorsOf(connected) });
    }
    const payload = {
      connectionId: connected.connection.id,
      user: body.user.id,
      channel: place.channel,
    };
    await world.store.write((q) =>
      enqueue(q, newJob("check_connection", workspace, payload), world.now()),
    );
    world.wake();
    await ack();
  };

function readPlace(metadata: string): { vendor: VendorName; channel: string } | undefined {
  const [name, channel = ""] = metadata.split(" ");
  const vendor = vendorNames.find((one) => one === name);
  return vendor && { vendor, channel };
}

function wantedOf(
  desk: Desk,
  workspace: string,
  vendor: VendorName,
  form: ConnectForm,
  by: string,
): NewConnection {
  const { fields } = desk.world.vendors[vendor];
  const given = fields.flatMap((field) => {
    const value = form.fields[field.name];
    return value === undefined ? [] : [{ field, value }];
  });
  const pick = (secret: boolean) =>
    Object.fromEntries(
      given
        .filter(({ field }) => field.secret === secret)
        .map(({ field, value }) => [field.name, value]),
    );
  return { workspace, vendor, name: form.name, options: pick(false), secret: pick(true), by };
}

async function whyNot(
  desk: Desk,
  wanted: NewConnection,
): Promise<Record<string, string> | undefined> {
  const invalid = checkConnection(desk.world, wanted);
  if (invalid) return errorsOf(invalid);
  const refusal = await Promise.race([tryKey(desk.world, wanted), later()]);
  if (!refusal) return undefined;
  const secret = desk.world.vendors[wanted.vendor].fields.find((field) => field.secret);
  return connectError(secret?.name ?? "apiKey", refusal.sentence);
}

function later(): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), checkWithinMs).unref();
  });
}

function errorsOf(refused: NotConnected) {
  if (refused.kind === "not_accepted") return { name: refused.sentence };
  return Object.assign(
    {},
    ...refused.problems.map(({ field, sentence }) =>
      field === "name" || field === "baseUrl" ? { name: sentence } : connectError(field, sentence),
    ),
  ) as Record<string, string>;
}

export const connectButton = (desk: Desk) =>
  onPress(desk, ({ origin, triggerId }) => openConnect(desk, origin, triggerId));

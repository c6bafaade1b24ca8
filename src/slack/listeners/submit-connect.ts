import type { AllMiddlewareArgs, SlackViewMiddlewareArgs } from "@slack/bolt";
import { type VendorName, vendorNames } from "../../domain/campaign.ts";
import {
  connectVendor,
  type NewConnection,
  type NotConnected,
  tryKey,
} from "../../flows/connect-vendor.ts";
import { checkConnection } from "../../flows/connection-problems.ts";
import { newJob } from "../../queue/kinds.ts";
import { enqueue } from "../../store/jobs.ts";
import { inTime } from "../../waiting.ts";
import { type ConnectForm, connectError, readConnectModal } from "../cards/connect-modal.ts";
import { askedOf } from "./connect-modal.ts";
import { configuringVisitor, type Desk } from "./desk.ts";

type Errors = Record<string, string>;

/**
 * The one request that holds a key. It is never stored as it came: the key is sealed in memory and
 * only its sealed form is committed before the form closes.
 */
export const submitConnect =
  (desk: Desk) =>
  async ({ ack, view, body }: SlackViewMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const workspace = body.team?.id ?? "";
    const place = readPlace(view.private_metadata);
    const read = readConnectModal(view.state.values, askedOf(desk, place.vendor));
    if (!read.ok) return ack({ response_action: "errors", errors: read.errors });
    const visitor = await configuringVisitor(desk, workspace, body.user.id);
    if ("sentence" in visitor)
      return ack({ response_action: "errors", errors: { name: visitor.sentence } });
    const where = { workspace, vendor: place.vendor, by: visitor.person.id };
    const errors = await connect(desk, wantedOf(desk, where, read.content), {
      user: body.user.id,
      channel: place.channel,
    });
    await ack(errors && { response_action: "errors", errors });
  };

/** The form's metadata, which we wrote ourselves. */
function readPlace(metadata: string): { vendor: VendorName; channel: string } {
  const [name, channel = ""] = metadata.split(" ");
  const vendor = vendorNames.find((one) => one === name);
  if (!vendor) throw new Error("a form of no known vendor");
  return { vendor, channel };
}

function wantedOf(
  desk: Desk,
  where: Pick<NewConnection, "workspace" | "vendor" | "by">,
  form: ConnectForm,
): NewConnection {
  const given = (secret: boolean) => {
    const fields = desk.world.vendors[where.vendor].fields.filter((one) => one.secret === secret);
    const entries = fields.map(({ name }): [string, string | undefined] => [
      name,
      form.fields[name],
    ]);
    return Object.fromEntries(
      entries.filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
  };
  const { baseUrl } = form.fields;
  return {
    ...where,
    name: form.name,
    options: given(false),
    secret: given(true),
    ...(baseUrl !== undefined && { baseUrl }),
  };
}

/** Stores the connection and has it checked at leisure; or what is wrong, by block. */
async function connect(
  desk: Desk,
  wanted: NewConnection,
  answerTo: { user: string; channel: string },
): Promise<Errors | undefined> {
  const { world } = desk;
  const errors = await whyNot(desk, wanted);
  if (errors) return errors;
  const connected = await connectVendor(world, wanted, { check: false });
  if (connected.kind !== "connected") return errorsOf(connected);
  const payload = { connectionId: connected.connection.id, ...answerTo };
  const job = newJob("check_connection", wanted.workspace, payload);
  await world.store.write((q) => enqueue(q, job, world.now()));
  world.wake();
  return undefined;
}

/** Slack waits three seconds; a vendor that needs longer is asked again afterwards. */
const checkWithinMs = 1_500;

async function whyNot({ world }: Desk, wanted: NewConnection): Promise<Errors | undefined> {
  const invalid = checkConnection(world, wanted);
  if (invalid) return errorsOf(invalid);
  const refusal = await inTime(tryKey(world, wanted), checkWithinMs);
  if (!refusal) return undefined;
  const secret = world.vendors[wanted.vendor].fields.find((field) => field.secret);
  return connectError(secret?.name ?? "apiKey", refusal.sentence);
}

function errorsOf(refused: NotConnected): Errors {
  if (refused.kind === "not_accepted") return { name: refused.sentence };
  return Object.assign(
    {},
    ...refused.problems.map(({ field, sentence }) =>
      field === "name" ? { name: sentence } : connectError(field, sentence),
    ),
  );
}

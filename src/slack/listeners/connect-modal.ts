import type { AllMiddlewareArgs, SlackViewMiddlewareArgs } from "@slack/bolt";
import type { VendorName } from "../../domain/campaign.ts";
import { mayConfigure } from "../../domain/rights.ts";
import { type ConnectField, connectModal } from "../cards/connect-modal.ts";
import {
  connectVendorModal,
  readConnectVendorModal,
  vendorBlock,
} from "../cards/connect-vendor-modal.ts";
import { configuringVisitor, type Desk, type Origin } from "./desk.ts";
import { openModal } from "./open-modal.ts";
import { onPress } from "./press.ts";

type Args = SlackViewMiddlewareArgs & AllMiddlewareArgs;

/** The form for one vendor's key, or first the question which vendor. */
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
  return connectModal({ vendor, channel, fields: askedOf(desk, vendor) });
}

/** What the form asks for: the vendor's fields, and its address where that is not the same for everybody. */
export function askedOf({ world }: Desk, vendor: VendorName): readonly ConnectField[] {
  const { fields, baseUrlHint: hint } = world.vendors[vendor];
  if (hint === undefined) return fields;
  return [...fields, { name: "baseUrl", label: "base URL", required: false, hint, secret: false }];
}

export const chooseVendor =
  (desk: Desk) =>
  async ({ ack, view, body }: Args): Promise<void> => {
    const visitor = await configuringVisitor(desk, body.team?.id ?? "", body.user.id);
    if ("sentence" in visitor) {
      const errors = { [vendorBlock]: visitor.sentence };
      return ack({ response_action: "errors", errors });
    }
    const read = readConnectVendorModal(view.state.values);
    if (!read.ok) return ack({ response_action: "errors", errors: read.errors });
    const form = formFor(desk, read.content.vendor, view.private_metadata);
    await ack({ response_action: "update", view: form });
  };

export const connectButton = (desk: Desk) =>
  onPress(desk, ({ origin, triggerId }) => openConnect(desk, origin, triggerId));

import { type VendorName, vendorNames, vendorTitles } from "../../domain/campaign.ts";
import { option } from "./blocks.ts";
import { callbackIds } from "./ids.ts";
import {
  chosen,
  input,
  type Modal,
  modal,
  type Read,
  type StateValues,
  valueId,
} from "./modal-blocks.ts";

export const vendorBlock = "vendor";

/** Which of the five platforms; its key comes in the next view. The metadata is the channel. */
export function connectVendorModal(channel: string): Modal {
  const options = vendorNames.map((vendor) => option(vendorTitles[vendor], vendor));
  return modal({
    callbackId: callbackIds.connectVendor,
    title: "Connect a platform",
    submit: "Next",
    metadata: channel,
    blocks: [
      input({
        id: vendorBlock,
        label: "Which platform?",
        element: { type: "radio_buttons", action_id: valueId, options },
      }),
    ],
  });
}

export function readConnectVendorModal(values: StateValues): Read<{ vendor: VendorName }> {
  const vendor = vendorNames.find((one) => one === chosen(values, vendorBlock));
  return vendor
    ? { ok: true, content: { vendor } }
    : { ok: false, errors: { [vendorBlock]: "Choose a platform." } };
}

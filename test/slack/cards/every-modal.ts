import { campaignModal } from "../../../src/slack/cards/campaign-modal.ts";
import { type ConnectField, connectModal } from "../../../src/slack/cards/connect-modal.ts";
import { connectVendorModal } from "../../../src/slack/cards/connect-vendor-modal.ts";
import { denyReasonModal } from "../../../src/slack/cards/deny-reason-modal.ts";
import { digestModal } from "../../../src/slack/cards/digest-modal.ts";
import { loadingModal, type Modal, sentenceModal } from "../../../src/slack/cards/modal-blocks.ts";

export const talkdeskFields: readonly ConnectField[] = [
  {
    name: "account",
    label: "Account",
    required: true,
    hint: "The first part of your address.",
    secret: false,
  },
  {
    name: "region",
    label: "Region",
    required: true,
    choices: ["us", "eu", "ca", "au"],
    secret: false,
  },
  { name: "clientId", label: "Client id", required: true, secret: true },
  { name: "clientSecret", label: "Client secret", required: true, secret: true },
  { name: "tokenUrl", label: "Token address", required: false, secret: false },
];

/** Every modal, by name. */
export const everyModal: Record<string, Modal> = {
  campaigns: campaignModal({ channel: "C0SALES" }),
  "campaigns, to resume": campaignModal({ action: "resume", channel: "C0SALES" }),
  "why denied": denyReasonModal("chg_7Q2", "Pause “Spring launch” on Burki"),
  "which platform": connectVendorModal("C0SALES"),
  "its key": connectModal({ vendor: "talkdesk", channel: "C0SALES", fields: talkdeskFields }),
  digest: digestModal({ channel: "C0SALES", time: "09:00", zone: "Europe/Berlin", on: true }),
  "digest, off so far": digestModal({ time: "09:00", zone: "America/New_York", on: false }),
  loading: loadingModal("Connect a platform"),
  "an answer": sentenceModal(
    "Connect a platform",
    "Only admins can connect a platform. Nothing was changed.",
  ),
};

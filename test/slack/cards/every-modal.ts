import type { Policy, Rule } from "../../../src/domain/policy.ts";
import { rule } from "../../../src/domain/policy.ts";
import { differenceOf } from "../../../src/domain/policy-edit.ts";
import type { Replayed } from "../../../src/domain/replay.ts";
import { campaignModal } from "../../../src/slack/cards/campaign-modal.ts";
import { type ConnectField, connectModal } from "../../../src/slack/cards/connect-modal.ts";
import { connectVendorModal } from "../../../src/slack/cards/connect-vendor-modal.ts";
import { denyReasonModal } from "../../../src/slack/cards/deny-reason-modal.ts";
import { digestModal } from "../../../src/slack/cards/digest-modal.ts";
import { extendModal } from "../../../src/slack/cards/extend-modal.ts";
import { loadingModal, type Modal, sentenceModal } from "../../../src/slack/cards/modal-blocks.ts";
import { policyModal } from "../../../src/slack/cards/policy-modal.ts";
import { policyReplayModal } from "../../../src/slack/cards/policy-replay-modal.ts";
import { policyRuleModal } from "../../../src/slack/cards/policy-rule-modal.ts";
import { policySaveModal, policyShortModal } from "../../../src/slack/cards/policy-save-modal.ts";
import { policyWhatIfModal } from "../../../src/slack/cards/policy-what-if-modal.ts";
import {
  policyExportModal,
  policyImportModal,
} from "../../../src/slack/cards/policy-yaml-modal.ts";
import { aChange } from "./samples.ts";

const place = { draft: "drf_1", revision: 2, page: 0 };
const onList = { ...place, list: "V0LIST" };
const twoEyes: Rule = rule(
  "two pairs of eyes",
  {
    action: ["resume", "cancel"],
    vendor: ["burki"],
    campaign: ["Spring*", "<!channel> *KYC*"],
    requester: ["U0BBBBBBB", "S0CCCCCCC", "members"],
    targets: { min: 5 },
    hours: { zone: "Europe/Berlin", days: ["sat", "sun"], from: "00:00", to: "24:00" },
  },
  {
    approve: [
      { from: ["S0CCCCCCC", "admins"], count: 2 },
      { from: ["U0AAAAAAA"], self: true },
    ],
    notify: ["S0CCCCCCC"],
    expires: "4h",
    remind: ["1h", "3h"],
    on_timeout: { escalate: ["U0DDDDDDD"] },
  },
);
const firstActs: Rule = rule(
  "act first",
  { action: ["pause", "stop"] },
  { ratify: { from: ["admins"], within: "6h", otherwise: "revert" }, notify: ["U0AAAAAAA"] },
);
const everything: Policy = { version: 1, rules: [twoEyes, firstActs, rule("no", {}, "deny")] };
const many: Policy = {
  version: 1,
  channel: "C0SALES",
  rules: Array.from({ length: 500 }, (_, at) => ({ ...twoEyes, name: `${"n".repeat(76)}${at}` })),
};
const past = { ...aChange(), id: "chg_1" };
const replayed: Replayed = {
  change: past,
  now: { kind: "deny", rule: "no", sentence: "No." },
  stuck: false,
  assumed: true,
};
const counts = { days: 90, more: false, allow: 3, approve: 2, ratify: 1, deny: 1, assumed: 1 };

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
    choices: ["us", "eu", "ca", "uk", "au"],
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
  "until when instead": extendModal({
    ...aChange(),
    until: new Date("2027-01-04T12:00:00Z"),
  }),
  "which platform": connectVendorModal("C0SALES"),
  "its key": connectModal({ vendor: "talkdesk", channel: "C0SALES", fields: talkdeskFields }),
  digest: digestModal({ channel: "C0SALES", time: "09:00", zone: "Europe/Berlin", on: true }),
  "digest, off so far": digestModal({ time: "09:00", zone: "America/New_York", on: false }),
  policy: policyModal({ place: { ...place, revision: 0 }, policy: everything, version: 0 }),
  "policy, page 2 of a very long draft": policyModal({
    place: { ...place, page: 1 },
    policy: many,
    version: 7,
    notice: "The draft had changed when you pressed, so nothing was done.",
  }),
  "a new rule": policyRuleModal({ place: onList, rule: undefined, outcome: "approve1" }),
  "a rule of two steps": policyRuleModal({
    place: { ...onList, rule: 0 },
    rule: twoEyes,
    outcome: "approve2",
  }),
  "a rule that acts first": policyRuleModal({
    place: { ...onList, rule: 1 },
    rule: firstActs,
    outcome: "ratify",
  }),
  "what if": policyWhatIfModal(onList),
  "import of a policy": policyImportModal(onList),
  "export of a policy": policyExportModal("version: 1\nrules: []\n"),
  "export of a long policy": policyExportModal("x".repeat(3001)),
  "what a save changes": policySaveModal({
    place: onList,
    version: 7,
    difference: differenceOf(
      { version: 1, rules: [firstActs, rule("no", {}, "allow"), rule("old", {}, "deny")] },
      { ...everything, channel: "C0SALES", admins: ["U0AAAAAAA"] },
    ),
    overtaken: { version: 7, by: "U0DEE00004", at: new Date("2027-01-04T12:00:00Z") },
  }),
  "what a save of everything changes": policySaveModal({
    place: onList,
    version: 7,
    difference: differenceOf({ version: 1, rules: [] }, many),
  }),
  "too few who could decide": policyShortModal([
    "“two pairs of eyes” asks for 2 people, and only U0AAAAAAA could decide: U0BBBBBBB is a guest.",
  ]),
  "a replay": policyReplayModal({ ...counts, changes: 7, stuck: 1, otherwise: [replayed] }),
  "a replay of nothing": policyReplayModal({
    ...counts,
    changes: 0,
    stuck: 0,
    assumed: 0,
    otherwise: [],
  }),
  loading: loadingModal("Connect a platform"),
  "an answer": sentenceModal(
    "Connect a platform",
    "Only admins can connect a platform. Nothing was changed.",
  ),
};

import { describe, expect, it } from "vitest";
import { rule } from "../../../src/domain/policy.ts";
import { readCampaignModal } from "../../../src/slack/cards/campaign-modal.ts";
import { campaignSuggestions } from "../../../src/slack/cards/campaign-suggestions.ts";
import { readConnectModal } from "../../../src/slack/cards/connect-modal.ts";
import { readConnectVendorModal } from "../../../src/slack/cards/connect-vendor-modal.ts";
import { readReasonModal } from "../../../src/slack/cards/deny-reason-modal.ts";
import { readDigestModal } from "../../../src/slack/cards/digest-modal.ts";
import type { StateValues } from "../../../src/slack/cards/modal-blocks.ts";
import { outcomeOf } from "../../../src/slack/cards/policy-rule-modal.ts";
import { readPolicyRule } from "../../../src/slack/cards/policy-rule-read.ts";
import { modalFaults } from "../../support/block-kit.ts";
import { drawn } from "../../support/draw-blocks.ts";
import { everyModal, talkdeskFields } from "./every-modal.ts";
import { aTarget } from "./samples.ts";

const text = (value: string | null) => ({ value: { type: "plain_text_input", value } });
const choice = (value: string) => ({
  value: { type: "static_select", selected_option: { value } },
});
const campaigns = (...values: string[]) => ({
  campaign_search: {
    type: "multi_external_select",
    selected_options: values.map((value) => ({ value })),
  },
});

describe("the modals", () => {
  it("look like this", async () => {
    const all = Object.entries(everyModal).map(([name, one]) => `######## ${name}\n${drawn(one)}`);
    await expect(all.join("\n")).toMatchFileSnapshot("snapshots/modals.txt");
  });

  it.each(Object.entries(everyModal))("stay inside Slack's limits: %s", (_, modal) => {
    expect(modalFaults(modal)).toEqual([]);
  });

  const ofKeys = Object.entries(everyModal).filter(([name]) => !/rule/.test(name));
  it.each(ofKeys)("D30: fill in no key: %s", (_, modal) => {
    expect(JSON.stringify(modal.blocks.slice(2))).not.toContain("initial_value");
  });
});

describe("the modals of the policy", () => {
  it.each(Object.entries(everyModal))("stay inside Slack's 250 kB: %s", (_, modal) => {
    expect(Buffer.byteLength(JSON.stringify(modal))).toBeLessThan(250_000);
  });

  it("never mention a channel or draw a mark that a rule was named after", () => {
    const shown = JSON.stringify(everyModal.policy);
    expect(shown).not.toContain("<!channel>");
    expect(shown).toContain("&lt;!channel&gt; ∗KYC∗");
  });

  it("have no form for a rule that says more than a form can hold", () => {
    const names = Array.from({ length: 200 }, (_, at) => `a campaign with a long name ${at}`);
    const step = { from: ["admins"] };
    expect(outcomeOf(rule("long", { campaign: names }, "deny"))).toBeUndefined();
    expect(outcomeOf(rule("deep", {}, { approve: [step, step, step, step] }))).toBeUndefined();
    expect(outcomeOf(rule("three", {}, { approve: [step, step, step] }))).toBe("approve3");
  });

  it.each([{}, { outcome: {} }, { outcome: { policy_then: null } }, { name: text("x") }])(
    "bear a rule's form that is not complete: %j",
    (values) => {
      expect(readPolicyRule(values).ok).toBe(false);
    },
  );
});

describe("reading the form for campaigns", () => {
  const filled: StateValues = {
    action: choice("pause"),
    campaigns: campaigns("con_1:42", "con_1:42", "con_2:9"),
    length: choice("for 2h"),
    reason: text("  wrong price  "),
  };

  it("gives the action, each campaign once, the length and the reason", () => {
    expect(readCampaignModal(filled)).toEqual({
      ok: true,
      content: {
        action: "pause",
        campaigns: ["con_1:42", "con_2:9"],
        length: "for 2h",
        reason: "wrong price",
      },
    });
  });

  it("knows no length for an open pause, nor for anything but a pause", () => {
    for (const over of [{ length: choice("open") }, { action: choice("resume") }]) {
      const read = readCampaignModal({ ...filled, ...over });
      expect(read.ok && read.content.length).toBeUndefined();
    }
  });

  it("asks for a campaign beside the campaigns", () => {
    expect(readCampaignModal({ ...filled, campaigns: campaigns() })).toEqual({
      ok: false,
      errors: { campaigns: "Choose at least one campaign." },
    });
  });

  it.each([{}, { action: {} }, { action: { value: null } }, { action: choice("explode") }])(
    "bears a form that is not complete: %j",
    (values) => {
      expect(readCampaignModal(values).ok).toBe(false);
    },
  );
});

describe("reading the form of a key", () => {
  const filled: StateValues = {
    name: text("calls"),
    "field:account": text("acme"),
    "field:region": choice("eu"),
    "field:clientId": text("id"),
    "field:clientSecret": text("secret"),
    "field:tokenUrl": text(null),
  };

  it("gives the name and what was filled in", () => {
    expect(readConnectModal(filled, talkdeskFields)).toEqual({
      ok: true,
      content: {
        name: "calls",
        fields: { account: "acme", region: "eu", clientId: "id", clientSecret: "secret" },
      },
    });
  });

  it("names everything that is missing at once", () => {
    expect(readConnectModal({ name: text("sales eu") }, talkdeskFields)).toEqual({
      ok: false,
      errors: {
        name: "Letters, digits, dots, dashes and underscores only, without spaces.",
        "field:account": "This is needed.",
        "field:region": "This is needed.",
        "field:clientId": "This is needed.",
        "field:clientSecret": "This is needed.",
      },
    });
  });

  it("takes only the five platforms", () => {
    expect(readConnectVendorModal({ vendor: choice("sarvam") })).toEqual({
      ok: true,
      content: { vendor: "sarvam" },
    });
    expect(readConnectVendorModal({ vendor: choice("dialer9") }).ok).toBe(false);
  });
});

describe("reading the other forms", () => {
  const at = (selected_time: string) => ({ value: { type: "timepicker", selected_time } });
  const where = (selected_conversation: string) => ({
    value: { type: "conversations_select", selected_conversation },
  });

  it("gives a denial its reason only when there is one", () => {
    expect(readReasonModal({ reason: text("too late") })).toEqual({ reason: "too late" });
    expect(readReasonModal({ reason: text(null) })).toEqual({});
  });

  it("gives the digest its channel, time and zone", () => {
    const values = { on: choice("on"), channel: where("C0SALES"), time: at("09:30") };
    expect(readDigestModal(values, "Europe/Berlin")).toEqual({
      ok: true,
      content: { on: true, channel: "C0SALES", time: "09:30", zone: "Europe/Berlin" },
    });
  });

  it("turns the digest off without asking for a channel", () => {
    expect(readDigestModal({ on: choice("off") }, "UTC")).toEqual({
      ok: true,
      content: { on: false },
    });
  });

  it("asks for the channel and the time of a digest", () => {
    expect(readDigestModal({ on: choice("on") }, "UTC")).toEqual({
      ok: false,
      errors: { channel: "Choose a channel.", time: "Choose a time." },
    });
  });
});

describe("the type-ahead of campaigns", () => {
  it("offers a hundred at most, each with where it is and how it stands", () => {
    const found = Array.from({ length: 150 }, (_, place) => ({
      value: `con_1:${place}`,
      campaign: aTarget(),
      word: "RUNNING",
    }));
    const { options } = campaignSuggestions(found);
    expect(options).toHaveLength(100);
    expect(options[0]).toEqual({
      text: { type: "plain_text", text: "“Spring launch”", emoji: false },
      value: "con_1:0",
      description: { type: "plain_text", text: "burki · Burki · RUNNING", emoji: false },
    });
  });
});

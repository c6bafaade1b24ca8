import { describe, expect, it } from "vitest";
import { type Action, type VendorName, vendorNames } from "../../src/domain/campaign.ts";
import { createHttp } from "../../src/vendors/http.ts";
import { createVendors } from "../../src/vendors/index.ts";
import { aVendor } from "./vendors-at-hand.ts";

/** The real adapter over real HTTP against the pretend vendor. */
async function both(name: VendorName) {
  const atHand = await aVendor(name);
  const { vendor } = atHand;
  const { host } = new URL(vendor.url);
  const now = () => new Date("2026-11-22T10:00:00Z");
  const http = createHttp({ allow: [host], now });
  const adapter = createVendors({ http, now, sleep: async () => {} })[name];
  const { url: baseUrl, options, secret } = vendor;
  const account = { connectionId: "con_1", version: 1, baseUrl, options, secret };
  return { ...atHand, adapter, opened: adapter.open(account) };
}

const moves: Record<VendorName, [id: string, action: Action, left: string][]> = {
  peachdesk: [
    ["42", "pause", "paused"],
    ["17", "resume", "running"],
  ],
  burki: [
    ["42", "pause", "paused"],
    ["7", "resume", "running"],
    ["60", "cancel", "cancelled"],
  ],
  woodpecker: [
    ["42", "pause", "PAUSED"],
    ["108", "resume", "RUNNING"],
    ["121", "cancel", "STOPPED"],
  ],
  sarvam: [
    ["INSUREIT-Re-31885c09-3493", "pause", "paused"],
    ["camp-b7e2", "resume", "active"],
    ["camp-d220", "resume", "scheduled"],
    ["camp-09af", "cancel", "cancelled"],
  ],
  talkdesk: [
    ["3f0c2a54-6a5e-4c0b-9a43-5d6a0f1b7c21", "pause", "PAUSED"],
    ["91b3d5f7-8642-4eca-a0b1-c2d3e4f50617", "resume", "RUNNING"],
  ],
};

describe.each(vendorNames)("the adapter for %s and its pretend vendor", (name) => {
  it("see the same campaigns, and agree on every word", async () => {
    const { opened, vendor } = await both(name);
    await opened.check();
    const pairs = (all: { id: string; name: string; word: string }[]) =>
      all.map((one) => [one.id, one.name, one.word]).sort();
    const read = await opened.list();
    expect(pairs(read)).toEqual(pairs(vendor.campaigns()));
    expect(read.every(({ phase }) => phase !== "unknown")).toBe(true);
    for (const { id, word } of read) expect((await opened.get(id)).word).toBe(word);
    if (opened.progress) await opened.progress(moves[name][0]?.[0] ?? "");
    expect(vendor.log().every(({ keyOk, changing }) => keyOk && !changing)).toBe(true);
  });

  it.each(moves[name])("move %s by %s to %s, and no other", async (id, action, left) => {
    const { opened, vendor, pass } = await both(name);
    await opened.act(action, id);
    pass(3000);
    expect((await opened.get(id)).word).toBe(left);
    const touched = vendor.campaigns().filter(({ changes }) => changes > 0);
    expect(touched.map((campaign) => campaign.id)).toEqual([id]);
    expect(vendor.log().filter(({ effect }) => effect)).toHaveLength(1);
  });
});
